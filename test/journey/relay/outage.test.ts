import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectedDevtekBody } from '../support/expected-devtek-body.ts'
import { acceptAndSubmit, openForm, typeAnswers } from '../support/pages/form-page.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/seeded-random.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const minute = 60_000
const day = 24 * 60 * minute
const seeded = createRandomChoices()
const clock = new TestClock(Date.now())
let stage: TestEnvironment

beforeAll(async () => {
  stage = await startTestEnvironment({ clock })
})

afterAll(() => stage.close())

it('an application to a provider that is down for a day and more than 50 attempts arrives, over a restart', async () => {
  const { sandbox, browser } = stage
  await sandbox.switch({ mode: 'error-500' })
  const person = createPerson(seeded)
  const form = await openForm(await browser.newPage(), stage.demo().url)
  await typeAnswers(form, person)
  const submittedAt = clock.now()
  await acceptAndSubmit(form)
  await form.status('queued')
  await form.page.close()

  let attempts = (await sandbox.waitFor(1)).length
  while (clock.now() < submittedAt + day) {
    if (attempts === 25) await stage.restart()
    attempts = await advanceToNextAttempt(attempts)
  }
  console.log(`${attempts} attempts in 24 hours`)
  expect(attempts).toBeGreaterThanOrEqual(50)

  await sandbox.switch({ mode: 'strict' })
  await advanceToNextAttempt(attempts)
  const received = await sandbox.received()
  const last = received.at(-1)
  expect(last).toMatchObject({ path: '/new-lead/', status: 200 })
  // The consent's moment stays that of the application, however late it arrives.
  const moscow = new Date(submittedAt + 3 * 60 * minute).toISOString()
  const sopdDate = `${moscow.slice(8, 10)}.${moscow.slice(5, 7)}.${moscow.slice(0, 4)} ${moscow.slice(11, 19)}`
  expect(JSON.parse(last?.rawBody ?? '')).toEqual(expectedDevtekBody(person, stage.demo(), sopdDate))

  // Accepted is the end: nothing is sent again.
  await clock.setTime(clock.now() + day)
  for (let turn = 0; turn < 5; turn += 1) await runDueTimers()
  expect(await sandbox.received()).toHaveLength(received.length)
})

/** Advances the time until the next attempt. */
async function advanceToNextAttempt(attempts: number): Promise<number> {
  for (let step = 0; step < 40; step += 1) {
    // From the tenth attempt on, every pause is at least half of the longest one.
    const passing = attempts < 5 ? minute / 6 : attempts > 10 && step === 0 ? 7 * minute : 2 * minute
    await clock.setTime(clock.now() + passing)
    await runDueTimers()
    const { length } = await stage.sandbox.received()
    if (length > attempts) return length
  }
  throw new Error(`expected an attempt after ${attempts} within the longest pause, got none`)
}

/** Runs the timers that are due, and waits until the statements before it have run. */
async function runDueTimers(): Promise<void> {
  await clock.tick(1000)
  for (let turn = 0; turn < 5; turn += 1) await fetch(`${stage.demo().url}/healthz`)
}
