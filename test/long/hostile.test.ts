import { expect, it } from 'vitest'
import { expectHarmless } from '../relay/support/hostile/expect-harmless.ts'
import { createRelayFixture } from '../relay/support/relay-fixture.ts'

const timeout = 3_600_000

it(
  '100,000 hostile requests get the right answer, store nothing and learn nothing',
  { timeout },
  async () => {
    expect.hasAssertions()
    const fixture = await createRelayFixture('pglite')
    try {
      await expectHarmless(fixture, 100_000)
    } finally {
      await fixture.end()
    }
  },
)
