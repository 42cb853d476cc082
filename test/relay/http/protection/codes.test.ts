import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { formEntry, inventLead } from '../../support/invented.ts'
import { createRelayFixture, postLead, request } from '../../support/relay-fixture.ts'

const timeout = 90_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
}, timeout)
afterAll(() => fixture.end())

it(
  'ten codes are taken for a lead, also over a restart, and they do not count as leads',
  async () => {
    const fakes = createFakeLenders()
    fakes.answer('first/create', { outcome: 'verification', applicationId: 'app-17' })
    fakes.answer('first/confirm', { outcome: 'verification', applicationId: 'app-17', attemptsLeft: 9 })
    const database = await fixture.usedDatabase()
    const start = () =>
      fixture.start(database, {
        fetch: fakes.fetch,
        providers: fakes.providers,
        forms: { main: { ...formEntry(), destinations: [{ provider: 'lender', name: 'first' }] } },
        config: { limits: { perAddress: 2, perPhone: 2 } },
      })
    const before = await start()
    const [lead, other] = [inventLead(), inventLead()]
    expect(await postLead(before, lead)).toMatchObject({ body: { outcome: 'verification' } })
    const send = (relay: typeof before, { id }: { id: string }, code: string, key: string) =>
      request(relay, `/forms/main/leads/${id}/code`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: JSON.stringify({ key, code }),
      })
    // Those who do not have the key use up none.
    for (let count = 0; count < 12; count += 1)
      expect((await send(before, lead, '1111', other.key)).status).toBe(409)
    for (let count = 0; count < 7; count += 1)
      expect(await send(before, lead, `111${count}`, lead.key)).toMatchObject({ status: 200 })
    await before.close({ graceMs: 1000 })
    const after = await start()
    for (let count = 0; count < 3; count += 1)
      expect(await send(after, lead, `222${count}`, lead.key)).toMatchObject({ status: 200 })
    const calls = fakes.calls.length
    const refused = await send(after, lead, '3333', lead.key)
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'limit' } } })
    expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
    expect(fakes.calls).toHaveLength(calls)
    // Another lead has codes of its own.
    expect(await postLead(after, other)).toMatchObject({ body: { outcome: 'verification' } })
    expect(await send(after, other, '1111', other.key)).toMatchObject({ status: 200 })
  },
  timeout,
)
