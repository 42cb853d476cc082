import { glob, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

/**
 * Files that drive a clock themselves: they have no relay that works in the background, or they poll until something is
 * reached and advance the clock each time.
 */
const ownDrivers = [
  'test/journey/relay/outage.test.ts',
  'test/relay/database/leased-work.test.ts',
  'test/relay/delivery/clock.test.ts',
  'test/relay/delivery/job-runner.test.ts',
  'test/relay/destinations/rate-limiter.test.ts',
  'test/relay/http/console/sessions.test.ts',
  'test/relay/leads/privacy/signed-consents.test.ts',
  'test/relay/postgres/shared/work.test.ts',
  'test/relay/support/advance-time.ts',
]

/** Real time that passes does not bring about what waits for another step of the clock. */
const waitAfterStep = /await advanceToRest\([^\n]*\)\n\s*await (?:expect\s*\.poll|vi\.waitFor)\b/

it('what a step of the clock brings about is awaited with more steps', async () => {
  const paths = await Array.fromAsync(glob('test/**/*.{ts,tsx}'))
  const found: string[] = []
  for (const path of paths.map((one) => one.replaceAll('\\', '/'))) {
    const text = await readFile(path, 'utf8')
    const drives = /\b\w*[cC]lock\.(?:tick|setTime)\(/.test(text) && !ownDrivers.includes(path)
    if (drives) found.push(`${path} drives a clock: use advanceUntil or advanceToRest`)
    if (waitAfterStep.test(text)) found.push(`${path} advances once and polls: use advanceUntil`)
  }
  expect(found).toEqual([])
  expect(ownDrivers.filter((path) => !paths.includes(path))).toEqual([])
})

it('finds a step that is followed by a wait', () => {
  expect('    await advanceToRest(clock, 1000)\n    await expect.poll(() => calls).toBe(1)').toMatch(
    waitAfterStep,
  )
  expect('    await advanceToRest(clock, 1000)\n    expect(calls).toBe(0)').not.toMatch(waitAfterStep)
})
