import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { waitForRest } from '../../support/database-activity.ts'
import { expectedDevtekBody } from '../support/expected-devtek-body.ts'
import { acceptAndSubmit, openForm, typeAnswers } from '../support/pages/form-page.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const minute = 60_000
const day = 24 * 60 * minute
const random = createRandomChoices()
const clock = new TestClock(Date.now())
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment({ clock })
})

afterAll(() => environment.close())

it('an application arrives after a day of outage, more than 50 attempts and a restart', async () => {
  const { sandbox, browser } = environment
  await sandbox.switch({ mode: 'error-500' })
  const person = createPerson(random)
  const form = await openForm(await browser.newPage(), environment.demo().url)
  await typeAnswers(form, person)
  const submittedAt = clock.now()
  await acceptAndSubmit(form)
  await form.status('queued')
  await form.page.close()

  let attempts = (await sandbox.waitFor(1)).length
  while (clock.now() < submittedAt + day) {
    if (attempts === 25) await environment.restart()
    attempts = await advanceToNextAttempt(attempts)
  }
  console.log(`${attempts} attempts in 24 hours`)
  expect(attempts).toBeGreaterThanOrEqual(50)

  await sandbox.switch({ mode: 'strict' })
  await advanceToNextAttempt(attempts)
  const received = await sandbox.received()
  const last = received.at(-1)
  expect(last).toMatchObject({ path: '/new-lead/', status: 200 })
  // The time of the consent stays that of the application, even if it arrives late.
  const moscow = new Date(submittedAt + 3 * 60 * minute).toISOString()
  const sopdDate = `${moscow.slice(8, 10)}.${moscow.slice(5, 7)}.${moscow.slice(0, 4)} ${moscow.slice(11, 19)}`
  expect(JSON.parse(last?.rawBody ?? '')).toEqual(expectedDevtekBody(person, environment.demo(), sopdDate))

  // Nothing is sent after acceptance.
  await clock.setTime(clock.now() + day)
  for (let round = 0; round < 5; round += 1) await runDueWork()
  expect(await sandbox.received()).toHaveLength(received.length)
})

/**
 * Advances the clock by one pause between attempts at a time, until the next attempt arrives. Returns the number of
 * attempts.
 */
async function advanceToNextAttempt(attempts: number): Promise<number> {
  for (let pause = 0; pause < 40; pause += 1) {
    // From the tenth attempt on, every pause is at least half of the longest one.
    const step = attempts < 5 ? minute / 6 : attempts > 10 && pause === 0 ? 7 * minute : 2 * minute
    await clock.setTime(clock.now() + step)
    await runDueWork()
    const { length } = await environment.sandbox.received()
    if (length > attempts) return length
  }
  throw new Error(`expected an attempt after ${attempts} within the longest pause, got none`)
}

/** Runs the timers that are due and waits until their calls and their work in the database are done. */
async function runDueWork(): Promise<void> {
  await clock.tick(1000)
  for (let round = 0; round < 5; round += 1) await fetch(`${environment.demo().url}/healthz`)
  await waitForRest()
}
