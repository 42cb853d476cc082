import { TestClock } from 'pg-boss'
import { expect, it } from 'vitest'
import { type RunnableJob, type JobRunner, startJobRunner } from '../../../src/relay/delivery/job-runner.ts'

interface Job extends RunnableJob {
  readonly id: number
}

/** A queue in memory, with a record of what was asked of it. */
function createQueue() {
  const clock = new TestClock(0)
  const running = new Map<Job, PromiseWithResolvers<void>>()
  const fetches: { readonly limit: number; readonly ignored: readonly string[]; readonly found: number }[] =
    []
  const released: Job[] = []
  const retried: Job[] = []
  const renewed: Job[] = []
  const reports: unknown[] = []
  let waiting: Job[] = []
  let problem: Error | undefined
  let beforeAnswer = async (): Promise<void> => {}
  let count = 0
  let runner: JobRunner | undefined

  return {
    clock,
    fetches,
    released,
    retried,
    renewed,
    reports,
    running: () => [...running.keys()].map(({ group, id }) => `${group}${id}`),
    add(group: string, jobs = 1) {
      for (let left = jobs; left > 0; left -= 1) waiting.push({ group, id: (count += 1) })
    },
    breakOff(error: Error | undefined) {
      problem = error
    },
    holdAnswers(hold: () => Promise<void>) {
      beforeAnswer = hold
    },
    async end(name: string, error?: Error) {
      for (const [job, { resolve, reject }] of running) {
        if (`${job.group}${job.id}` !== name) continue
        running.delete(job)
        if (error) reject(error)
        else resolve()
      }
      await settle()
    },
    async start() {
      runner = startJobRunner<Job>({
        async fetch(limit, ignored) {
          await beforeAnswer()
          if (problem) throw problem
          const jobs = waiting.filter(({ group }) => !ignored.includes(group)).slice(0, limit)
          waiting = waiting.filter((job) => !jobs.includes(job))
          fetches.push({ limit, ignored, found: jobs.length })
          return jobs
        },
        run(job) {
          const run = Promise.withResolvers<void>()
          running.set(job, run)
          return run.promise
        },
        async release(jobs) {
          released.push(...jobs)
        },
        async retryInterrupted(jobs) {
          if (problem) throw problem
          retried.push(...jobs)
        },
        async renew(jobs) {
          renewed.push(...jobs)
        },
        report: (error) => reports.push(error),
        clock,
        capacity: 8,
        groupCapacity: 4,
        pollMs: 1000,
        renewMs: 7000,
      })
      await settle()
      return runner
    },
  }
}

/** Lets everything run that does not wait for a timer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

it('fetches what was stored at the same time with one look', async () => {
  const queue = createQueue()
  const runner = await queue.start()
  queue.add('a', 3)
  for (let post = 0; post < 20; post += 1) runner.wake(['a'])
  await settle()
  expect(queue.fetches).toEqual([
    { limit: 4, ignored: [], found: 0 },
    { limit: 4, ignored: [], found: 3 },
  ])
  expect(queue.running()).toEqual(['a1', 'a2', 'a3'])
})

it('runs eight jobs at a time, four of a group, and takes more as they end', async () => {
  const queue = createQueue()
  queue.add('a', 6)
  queue.add('b', 6)
  queue.add('c', 6)
  await queue.start()
  expect(queue.running()).toEqual(['a1', 'a2', 'a3', 'a4', 'b7', 'b8', 'b9', 'b10'])
  await queue.end('b8')
  await queue.end('b9')
  expect(queue.running().filter((name) => name.startsWith('a'))).toHaveLength(4)
  expect(queue.running()).toHaveLength(8)
  expect(queue.running()).toContain('b12')
})

it('does not let a group that hangs delay the others', async () => {
  const queue = createQueue()
  queue.add('a', 9)
  const runner = await queue.start()
  queue.add('b')
  runner.wake(['b'])
  await settle()
  expect(queue.running()).toEqual(['a1', 'a2', 'a3', 'a4', 'b10'])
})

it('does not look again while the only group with jobs is full, or after the queue was empty', async () => {
  const queue = createQueue()
  queue.add('a', 5)
  const runner = await queue.start()
  const looks = queue.fetches.length
  runner.wake(['a'])
  await settle()
  expect(queue.fetches).toHaveLength(looks)
  await queue.end('a1')
  expect(queue.running()).toEqual(['a2', 'a3', 'a4', 'a5'])
  for (const name of ['a2', 'a3', 'a4', 'a5']) await queue.end(name)
  const atRest = queue.fetches.length
  expect(queue.fetches.at(-1)?.found).toBe(0)
  runner.wake(['a'])
  await settle()
  expect(queue.fetches).toHaveLength(atRest + 1)
})

it('finds jobs of other processes, and those whose pause is over, within a second', async () => {
  const queue = createQueue()
  await queue.start()
  queue.add('a')
  await queue.clock.tick(1000)
  await settle()
  expect(queue.running()).toEqual(['a1'])
})

it('misses no job that is stored while it looks', async () => {
  const queue = createQueue()
  const runner = await queue.start()
  const answer = Promise.withResolvers<void>()
  queue.holdAnswers(() => answer.promise)
  runner.wake(['a'])
  await settle()
  queue.add('b')
  runner.wake(['b'])
  answer.resolve()
  await settle()
  expect(queue.running()).toEqual(['b1'])
})

it('misses no place that becomes free while it looks', async () => {
  const queue = createQueue()
  queue.add('a', 6)
  const runner = await queue.start()
  const answer = Promise.withResolvers<void>()
  queue.holdAnswers(() => answer.promise)
  runner.wake(['b'])
  await settle()
  await queue.end('a1')
  answer.resolve()
  await settle()
  expect(queue.running()).toEqual(['a2', 'a3', 'a4', 'a5'])
})

it('goes on after the queue could not be read, reports it once, and retries what was interrupted', async () => {
  const queue = createQueue()
  queue.add('a')
  await queue.start()
  const lost = new Error('the connection is lost')
  queue.breakOff(lost)
  await queue.end('a1', lost)
  await queue.clock.tick(1000)
  await settle()
  await queue.clock.tick(1000)
  await settle()
  expect(queue.retried).toEqual([])
  expect(queue.reports).toEqual([lost])
  queue.breakOff(undefined)
  queue.add('a')
  await queue.clock.tick(1000)
  await settle()
  expect(queue.retried).toEqual([{ group: 'a', id: 1 }])
  expect(queue.reports).toEqual([lost, undefined])
  expect(queue.running()).toEqual(['a2'])
})

it('renews the claims on jobs that run for long', async () => {
  const queue = createQueue()
  queue.add('a', 2)
  await queue.start()
  await queue.end('a1')
  await queue.clock.tick(7000)
  expect(queue.renewed).toEqual([{ group: 'a', id: 2 }])
})

it('takes nothing more when it stops, gives back what it has not begun, and waits for the rest', async () => {
  const queue = createQueue()
  queue.add('a')
  const runner = await queue.start()
  const answer = Promise.withResolvers<void>()
  queue.holdAnswers(() => answer.promise)
  queue.add('b')
  runner.wake(['b'])
  await settle()
  let stopped = false
  const stopping = runner.stop().then(() => {
    stopped = true
  })
  answer.resolve()
  await settle()
  expect(queue.released).toEqual([{ group: 'b', id: 2 }])
  expect(queue.running()).toEqual(['a1'])
  expect(stopped).toBe(false)
  await queue.end('a1')
  await stopping
  queue.add('c')
  runner.wake(['c'])
  await queue.clock.tick(1000)
  await settle()
  expect(queue.running()).toEqual([])
})
