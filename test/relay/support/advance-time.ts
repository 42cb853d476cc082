import { setTimeout as pause } from 'node:timers/promises'
import type { TestClock } from 'pg-boss'
import { waitForRest } from '../../support/database-activity.ts'

/**
 * Advances the clock in one step, runs what is due, and waits until the relays are at rest. It is for what must not happen, and for
 * time that passes before a test goes on. What must happen is awaited with `advanceUntil`: it may need another step.
 */
export async function advanceToRest(clock: TestClock, ms: number): Promise<void> {
  await waitForRest()
  await clock.setTime(clock.now() + ms)
  await clock.tick(1000)
  await waitForRest()
}

const minSteps = 60
const minWaitMs = 10_000

/**
 * Advances the clock step by step until `check` is met: until it neither throws, as a failed expectation does, nor returns
 * `false`. It is called before the first step, too. Fails if that is not so after 60 steps and ten seconds.
 */
export async function advanceUntil(clock: TestClock, stepMs: number, check: () => unknown): Promise<void> {
  const begun = performance.now()
  for (let step = 0; ; step += 1) {
    const problem = await findProblem(check)
    if (problem === undefined) return
    if (step >= minSteps && performance.now() - begun >= minWaitMs)
      throw new Error(
        `This was not reached in ${step} steps of ${stepMs} ms of the test's clock: ${describe(problem)}`,
        { cause: problem },
      )
    // What is not reached after some steps may be waiting for real time.
    if (step > 20) await pause(100)
    await advanceToRest(clock, stepMs)
  }
}

async function findProblem(check: () => unknown): Promise<unknown> {
  try {
    return (await check()) === false ? new Error(check.toString()) : undefined
  } catch (problem) {
    return problem ?? new Error('The check failed without a reason')
  }
}

function describe(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem)
}
