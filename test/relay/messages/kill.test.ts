import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectNoMessageLostInRounds } from '../../support/kill/message-rounds.ts'
import { createRelayFixture } from '../support/relay-fixture.ts'

/** `npm run test:long` runs more of them. */
const rounds = 1

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

it('loses no message when a relay is killed under load', { timeout: 300_000 }, async () => {
  expect.hasAssertions()
  await expectNoMessageLostInRounds({
    database: await fixture.usedDatabase(),
    relays: fixture.engine === 'postgres' ? 2 : 1,
    rounds,
    events: ['accepted', 'uncertain'],
  })
})
