import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { countMessages } from '../support/count-messages.ts'
import { env as inventedEnv, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead } from '../support/relay-fixture.ts'

/**
 * For everything from the post to the recorded answer of one destination. Relays that share a database count a lead's
 * address and its phone with it, by one statement each.
 */
const maxMessages = 60

const leads = 40

const env = { ...inventedEnv, DATA_KEY: Buffer.alloc(32, 7).toString('base64') }

const messageCount = countMessages()
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay
beforeAll(async () => {
  fixture = await createRelayFixture()
  // Encryption adds no statement.
  relay = await fixture.start(await fixture.usedDatabase(), {
    env,
    config: { dataKeys: [{ env: 'DATA_KEY' }] },
  })
  // The first leads prepare the statements.
  for (let count = 0; count < 8; count += 1) await postLead(relay, inventLead())
}, 60_000)
afterAll(() => fixture.end())

async function messagesPerLead(post: () => Promise<readonly { readonly body: unknown }[]>): Promise<number> {
  const before = messageCount()
  const answers = await post()
  expect(answers.map(({ body }) => body)).toEqual(
    Array.from({ length: leads }, () => expect.objectContaining({ outcome: 'accepted' })),
  )
  return (messageCount() - before) / leads
}

it('spends few messages to the database on leads that come one after the other', async () => {
  const messages = await messagesPerLead(async () => {
    const answers: { readonly body: unknown }[] = []
    for (let count = 0; count < leads; count += 1) answers.push(await postLead(relay, inventLead()))
    return answers
  })
  expect(messages).toBeLessThanOrEqual(maxMessages)
  // Less than a lead can cost: the count itself works.
  expect(messages).toBeGreaterThan(20)
})

it('spends no more on leads that come at once', async () => {
  const messages = await messagesPerLead(() =>
    Promise.all(Array.from({ length: leads }, () => postLead(relay, inventLead()))),
  )
  expect(messages).toBeLessThanOrEqual(maxMessages)
})
