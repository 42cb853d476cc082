import type { Clock } from 'pg-boss'

/** A job of a queue. The jobs of a group share a limit. */
export interface DispatchedJob {
  readonly group: string
}

/** What a dispatcher depends on. */
export interface DispatcherOptions<Job extends DispatchedJob> {
  /** Claims up to `limit` jobs that are due, the most urgent first, none of the ignored groups. */
  fetch(limit: number, ignoredGroups: readonly string[]): Promise<readonly Job[]>
  /** Processes a job. A rejection means that the job was interrupted. */
  run(job: Job): Promise<void>
  /** Makes jobs due again that have been claimed and not begun. */
  release(jobs: readonly Job[]): Promise<void>
  /** Makes interrupted jobs due again after a pause. */
  retryInterrupted(jobs: readonly Job[]): Promise<void>
  /** Renews the claims on jobs that are being processed. */
  renew(jobs: readonly Job[]): Promise<void>
  /** Reports that the queue cannot be reached, once until it can be reached again (`undefined`). */
  report(error: unknown): void
  readonly clock: Clock
  /** The most jobs at a time: in all, and of one group. */
  readonly capacity: number
  readonly groupCapacity: number
  /** How often the queue is looked at without another reason: for jobs whose pause is over, and those of other processes. */
  readonly pollMs: number
  readonly renewMs: number
}

/** Takes jobs from a queue and runs them. */
export interface Dispatcher {
  /** Has the queue looked at now: jobs of these groups have been committed. */
  wake(groups: readonly string[]): void
  /** Claims no more jobs; resolves when those that run have ended. */
  stop(): Promise<void>
}

/**
 * Starts a dispatcher. It knows its free places, and claims as many jobs as it can run with one look at the queue: when
 * this process has stored some, when a place becomes free while more are waiting, and at every poll.
 */
export function startDispatcher<Job extends DispatchedJob>(options: DispatcherOptions<Job>): Dispatcher {
  const { clock, capacity, groupCapacity, report } = options
  const running = new Map<Job, Promise<void>>()
  const runningByGroup = new Map<string, number>()
  let interrupted: readonly Job[] = []
  /** Whether the queue may hold jobs that there was no place for. */
  let mayHoldMore = false
  let lookAgain = false
  let looking: Promise<void> | undefined
  let stopped = false
  let isReachable = true

  /** Looks at the queue, or once more if that is under way. */
  function look(): void {
    lookAgain = true
    looking ??= lookUntilFull().finally(() => {
      looking = undefined
    })
  }

  async function lookUntilFull(): Promise<void> {
    // Posts that are stored at the same time are fetched together.
    await Promise.resolve()
    while (lookAgain && !stopped) {
      lookAgain = false
      const { limit, fullGroups } = findPlaces()
      if (limit === 0) {
        mayHoldMore = true
        return
      }
      try {
        const jobs = await options.fetch(limit, fullGroups)
        if (stopped) return await releaseAll(jobs)
        for (const job of jobs) start(job)
        mayHoldMore = jobs.length === limit || fullGroups.length > 0
        lookAgain ||= jobs.length === limit
        setReachable(true)
      } catch (error) {
        setReachable(false, error)
        return
      }
    }
  }

  /** How many jobs of any groups but the full ones can be started. */
  function findPlaces(): { readonly limit: number; readonly fullGroups: readonly string[] } {
    const fullGroups: string[] = []
    let limit = Math.min(capacity - running.size, groupCapacity)
    for (const [group, count] of runningByGroup) {
      if (count >= groupCapacity) fullGroups.push(group)
      else limit = Math.min(limit, groupCapacity - count)
    }
    return { limit: Math.max(limit, 0), fullGroups }
  }

  function start(job: Job): void {
    countRunning(job.group, 1)
    const run = options
      .run(job)
      .catch(() => {
        interrupted = [...interrupted, job]
        return returnInterrupted()
      })
      .finally(() => {
        running.delete(job)
        countRunning(job.group, -1)
        if (mayHoldMore) look()
      })
    running.set(job, run)
  }

  function countRunning(group: string, change: number): void {
    const count = (runningByGroup.get(group) ?? 0) + change
    if (count === 0) runningByGroup.delete(group)
    else runningByGroup.set(group, count)
  }

  async function returnInterrupted(): Promise<void> {
    const jobs = interrupted
    interrupted = []
    if (jobs.length === 0) return
    try {
      await options.retryInterrupted(jobs)
    } catch (error) {
      interrupted = [...interrupted, ...jobs]
      setReachable(false, error)
    }
  }

  async function releaseAll(jobs: readonly Job[]): Promise<void> {
    if (jobs.length > 0) await options.release(jobs)
  }

  function setReachable(now: boolean, error?: unknown): void {
    if (now !== isReachable) report(error)
    isReachable = now
  }

  const pollTimer = clock.setInterval(() => {
    void returnInterrupted()
    look()
  }, options.pollMs)
  const renewTimer = clock.setInterval(() => {
    if (running.size > 0)
      options.renew([...running.keys()]).catch((error: unknown) => setReachable(false, error))
  }, options.renewMs)
  look()

  return {
    wake(groups) {
      // While a group is full, the end of one of its jobs has the queue looked at.
      if (groups.some((group) => (runningByGroup.get(group) ?? 0) < groupCapacity)) look()
      else mayHoldMore = true
    },
    async stop() {
      stopped = true
      clock.clearInterval(pollTimer)
      clock.clearInterval(renewTimer)
      await looking
      await Promise.all(running.values())
    },
  }
}
