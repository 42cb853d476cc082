import type { Clock } from 'pg-boss'

/** A job of a queue. The jobs of a group share a limit. */
export interface RunnableJob {
  readonly group: string
}

/** What a job runner depends on. */
export interface JobRunnerOptions<Job extends RunnableJob> {
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

/** The number of jobs that can be started, of any groups but the full ones. */
interface Places {
  readonly limit: number
  readonly fullGroups: readonly string[]
}

/** Takes jobs from a queue and runs them. */
export interface JobRunner {
  /** Has the queue looked at now: jobs of these groups have been committed. */
  wake(groups: readonly string[]): void
  /** Claims no more jobs; resolves when those that run have ended. */
  stop(): Promise<void>
  /** Makes the jobs that still run due again for another process, as this one ends. */
  abandon(): Promise<void>
}

/**
 * Starts a job runner. It knows its free places, and claims as many jobs as it can run with one look at the queue: when
 * this process has stored some, when a place becomes free while more are waiting, and at every poll.
 */
export function startJobRunner<Job extends RunnableJob>(options: JobRunnerOptions<Job>): JobRunner {
  const { clock, capacity, groupCapacity, report } = options
  const running = new Map<Job, Promise<void>>()
  const runningByGroup = new Map<string, number>()
  let interrupted: readonly Job[] = []
  /** The groups that may have jobs in the queue. */
  let waitingGroups: 'any' | ReadonlySet<string> = 'any'
  /** Groups that have been added to the queue since the last look began. */
  let addedGroups = new Set<string>()
  let isLooking = false
  let looked = Promise.resolve()
  let stopped = false
  let isReachable = true

  /** Looks at the queue until it holds no job that can be started. */
  function look(): void {
    if (isLooking) return
    isLooking = true
    looked = lookWhileUseful()
  }

  async function lookWhileUseful(): Promise<void> {
    // Leads that are stored at the same time are fetched together.
    await Promise.resolve()
    try {
      for (let places = findUsefulPlaces(); places && !stopped; places = findUsefulPlaces())
        await fetchFor(places)
    } catch (error) {
      // The next poll looks again.
      setReachable(false, error)
    }
    isLooking = false
  }

  /** The places that the queue may hold jobs for, if there are any. */
  function findUsefulPlaces(): Places | undefined {
    if (waitingGroups !== 'any') waitingGroups = waitingGroups.union(addedGroups)
    addedGroups = new Set()
    const places = findPlaces()
    const { limit, fullGroups } = places
    const isUseful =
      waitingGroups === 'any' || [...waitingGroups].some((group) => !fullGroups.includes(group))
    return limit > 0 && isUseful ? places : undefined
  }

  async function fetchFor({ limit, fullGroups }: Places): Promise<void> {
    const jobs = await options.fetch(limit, fullGroups)
    setReachable(true)
    if (stopped) {
      if (jobs.length > 0) await options.release(jobs)
      return
    }
    for (const job of jobs) start(job)
    // If all places were not filled, only the groups that were full can have more.
    if (jobs.length < limit) waitingGroups = new Set(fullGroups)
    else if (waitingGroups !== 'any')
      waitingGroups = waitingGroups.union(new Set(jobs.map(({ group }) => group)))
  }

  /** How many jobs of any groups but the full ones can be started. */
  function findPlaces(): Places {
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
        look()
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

  function setReachable(now: boolean, error?: unknown): void {
    if (now !== isReachable) report(error)
    isReachable = now
  }

  const pollTimer = clock.setInterval(() => {
    void returnInterrupted()
    waitingGroups = 'any'
    look()
  }, options.pollMs)
  const renewTimer = clock.setInterval(() => {
    if (running.size > 0)
      options.renew([...running.keys()]).catch((error: unknown) => setReachable(false, error))
  }, options.renewMs)
  look()

  return {
    wake(groups) {
      for (const group of groups) addedGroups.add(group)
      look()
    },
    async stop() {
      stopped = true
      clock.clearInterval(pollTimer)
      clock.clearInterval(renewTimer)
      await looked
      await Promise.all(running.values())
    },
    async abandon() {
      if (running.size > 0) await options.retryInterrupted([...running.keys()])
    },
  }
}
