import { expect, it } from 'vitest'
import { expectHarmless } from '../relay/support/hostile/expect-harmless.ts'
import { createRelayFixture } from '../relay/support/relay-fixture.ts'

const timeout = 3_600_000

/** `ANKETA_ROUNDS` sets another number of rounds for all. */
const rounds = Number(process.env['ANKETA_ROUNDS'])
const requests = rounds > 0 ? rounds * 500 : 100_000

it(
  `${requests} hostile requests get the right answer, store nothing and learn nothing`,
  { timeout },
  async () => {
    expect.hasAssertions()
    const fixture = await createRelayFixture('pglite')
    try {
      await expectHarmless(fixture, requests)
    } finally {
      await fixture.end()
    }
  },
)
