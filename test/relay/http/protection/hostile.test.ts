import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectHarmless } from '../../support/hostile/expect-harmless.ts'
import { createRelayFixture } from '../../support/relay-fixture.ts'

const timeout = 300_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
}, timeout)
afterAll(() => fixture.end())

it(
  '5,000 hostile requests get the right answer, store nothing and learn nothing',
  async () => {
    expect.hasAssertions()
    await expectHarmless(fixture, 5000)
  },
  timeout,
)
