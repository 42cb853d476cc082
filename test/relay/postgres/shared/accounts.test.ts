import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeLenders, type FakeLenderOptions } from '../../support/fake-lenders.ts'
import { formEntry, inventLead } from '../../support/invented.ts'
import { readDatabase, readStoredBytes } from '../../support/read-database.ts'
import { createRelayFixture, postLead, requestOutcome } from '../../support/relay-fixture.ts'

const timeout = 120_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
})
afterAll(() => fixture.end())

const clientSecret = 'invented-client-secret-0123456789'

async function startThree(options: FakeLenderOptions, destination: object = {}) {
  const fakes = createFakeLenders(options)
  const database = await fixture.usedDatabase()
  const destinations = [{ provider: 'lender', name: 'first', ...destination }]
  const relays = await Promise.all(
    [0, 1, 2].map(() =>
      fixture.start(database, {
        env: { LENDER_SECRET: clientSecret },
        fetch: fakes.fetch,
        providers: fakes.providers,
        forms: { main: { ...formEntry(), destinations, answerWithinSeconds: 1 } },
      }),
    ),
  )
  const post = async (count: number) => {
    const leads = Array.from({ length: count }, inventLead)
    await Promise.all(
      leads.map(async (lead, index) => {
        const relay = relays[index % relays.length]
        if (relay) await postLead(relay, lead)
      }),
    )
    return leads
  }
  return { fakes, database, relays, post }
}

describe('three relays on one database', { timeout }, () => {
  it('make no more calls than one account allows', async () => {
    const { fakes, post, database } = await startThree({ callsPerMinute: 20 })
    await post(60)
    await new Promise((resolve) => setTimeout(resolve, 3000))
    // First attempts are those of persons, who may use all of the limit.
    expect(fakes.calls).toHaveLength(20)
    expect(
      await readDatabase(database, 'select array_length(calls, 1) as calls from anketa.account_calls'),
    ).toEqual([{ calls: 20 }])
  })

  it('ask nothing of the database for an account without a limit', async () => {
    const { fakes, post, database } = await startThree({})
    await post(9)
    expect(fakes.calls).toHaveLength(9)
    expect(await readDatabase(database, 'select from anketa.account_calls')).toEqual([])
  })

  it('use one access token, which the database does not show', async () => {
    const { fakes, post, database, relays } = await startThree(
      { tokens: true },
      { clientSecret: { env: 'LENDER_SECRET' } },
    )
    let issued = 0
    fakes.answer('first/token', () => {
      issued += 1
      return { accessToken: `invented-access-token-${issued}`, expiresInSeconds: 3600 }
    })
    // As at providers that accept the latest token only.
    fakes.answer('first/create', ({ token }) =>
      token === `Bearer invented-access-token-${issued}`
        ? { outcome: 'accepted', providerId: '1' }
        : new Response('', { status: 401 }),
    )
    await post(12)
    expect(issued).toBe(1)
    // A token that the provider has withdrawn is replaced once.
    issued += 1
    const leads = await post(12)
    expect(issued).toBe(3)
    const [relay] = relays
    for (const lead of leads)
      await expect
        .poll(async () => relay && (await requestOutcome(relay, lead)).body, { timeout: 30_000 })
        .toEqual({ id: lead.id, outcome: 'accepted' })
    const stored = (await readStoredBytes(database)).toString()
    expect(stored).toContain('lender ')
    expect(stored).not.toContain('invented-access-token')
    expect(stored).not.toContain(clientSecret)
  })
})
