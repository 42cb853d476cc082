import { randomBytes } from 'node:crypto'
import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { adminToken, formEntry, inventLead } from '../../support/invented.ts'
import { readDatabase } from '../../support/read-database.ts'
import { createRelayFixture, postLead, request, requestHealth } from '../../support/relay-fixture.ts'

const timeout = 120_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
})
afterAll(() => fixture.end())

const env = {
  ANKETA_ADMIN_TOKEN: adminToken,
  OLD_KEY: randomBytes(32).toString('base64'),
  NEW_KEY: randomBytes(32).toString('base64'),
}
type Key = 'OLD_KEY' | 'NEW_KEY'

/** A database, and what starts relays on it with these keys. */
async function openShared() {
  const database = await fixture.usedDatabase()
  const lenders = createFakeLenders()
  const clock = new TestClock(Date.now())
  const lines: string[] = []
  const start = (name: string, ...keys: readonly Key[]) =>
    fixture.start(database, {
      env,
      clock,
      config: { dataKeys: keys.map((key) => ({ env: key })) },
      log: (level, message, facts) => lines.push(`${name} ${level} ${message} ${JSON.stringify(facts)}`),
      providers: lenders.providers,
      fetch: lenders.fetch,
      forms: {
        main: {
          ...formEntry(),
          answerWithinSeconds: 0,
          destinations: [{ provider: 'lender', name: 'first' }],
        },
      },
    })
  return { database, lenders, clock, lines, start }
}

async function admin(relay: Relay, path: string, body?: object) {
  const answer = await request(relay, `/admin/${path}`, {
    headers: { authorization: `Bearer ${adminToken}` },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  })
  return Object(answer.body)
}

const readEncryption = async (relay: Relay) => Object((await requestHealth(relay)).body).encryption

it('relays that chain receipts at the same time make one chain of all', { timeout }, async () => {
  const { database, clock, lines, start } = await openShared()
  const relays = [await start('one'), await start('two')]
  const posted: string[] = []
  const isChainedBy = (name: string) => lines.some((line) => line.startsWith(`${name} info Receipts of`))
  // Both look for new consents at the same moments, until each of them has found some.
  await expect
    .poll(
      async () => {
        const leads = relays.flatMap((relay) => [1, 2, 3].map(() => ({ relay, lead: inventLead() })))
        const posting = leads.map(async ({ relay, lead }) => {
          expect((await postLead(relay, lead)).status).toBe(202)
          posted.push(lead.id)
        })
        await clock.tick(10_000)
        await Promise.all(posting)
        await clock.tick(10_000)
        return posted.length >= 60 && isChainedBy('one') && isChainedBy('two')
      },
      { timeout: 90_000 },
    )
    .toBe(true)
  for (const relay of relays)
    await expect
      .poll(
        async () => {
          await clock.tick(10_000)
          return admin(relay, 'consents/verify')
        },
        { timeout: 60_000 },
      )
      .toMatchObject({ intact: true, problems: [], receipts: posted.length, waiting: 0 })
  const proofs = await readDatabase<{ leads: number; receipts: number; numbers: number; batches: number }>(
    database,
    `select count(distinct lead_hash)::int as leads, count(*)::int as receipts,
       count(distinct number)::int as numbers, count(distinct batch)::int as batches from anketa.consent_proofs`,
  )
  const [{ batches } = { batches: 0 }] = proofs
  const { length } = posted
  expect(proofs).toEqual([{ leads: length, receipts: length, numbers: length, batches }])
  expect(await readDatabase(database, 'select count(*)::int as batches from anketa.consent_batches')).toEqual(
    [{ batches }],
  )
})

it('keys change on one relay after the other, and each reads the leads of all', { timeout }, async () => {
  const { database, clock, start } = await openShared()
  const countKeys = () =>
    readDatabase<{ key: string; leads: number }>(
      database,
      'select key_id as key, count(*)::int as leads from anketa.lead_keys group by key_id',
    )
  const phone = '+79000000091'
  const post = async (relay: Relay) => {
    const lead = inventLead()
    expect((await postLead(relay, { ...lead, values: { ...lead.values, phone } })).status).toBe(202)
  }
  const countReadable = async (relay: Relay) => (await admin(relay, 'export', { phone })).leads.length

  const before = [await start('one', 'OLD_KEY'), await start('two', 'OLD_KEY')] as const
  for (const relay of before) await post(relay)
  await before[0].close()
  // The other relay does not know the new key yet: nothing is encrypted with it.
  const one = await start('one', 'NEW_KEY', 'OLD_KEY')
  await post(one)
  const [old] = await countKeys()
  expect(old).toMatchObject({ leads: 3 })
  expect(await countKeys()).toHaveLength(1)
  for (const relay of [one, before[1]]) expect(await countReadable(relay)).toBe(3)
  expect(await readEncryption(one)).toMatchObject({
    waiting: expect.stringContaining('different "dataKeys"'),
  })

  await before[1].close()
  const two = await start('two', 'NEW_KEY', 'OLD_KEY')
  await post(two)
  await expect
    .poll(
      async () => {
        await clock.tick(60_000)
        return countKeys()
      },
      { timeout: 60_000 },
    )
    .toEqual([{ key: expect.not.stringMatching(old?.key ?? ''), leads: 4 }])
  for (const relay of [one, two]) {
    expect(await countReadable(relay)).toBe(4)
    await expect.poll(() => readEncryption(relay)).not.toHaveProperty('waiting')
  }

  // The old key goes in the same way.
  await one.close()
  const last = await start('one', 'NEW_KEY')
  await post(last)
  await two.close()
  const other = await start('two', 'NEW_KEY')
  for (const relay of [last, other])
    await expect
      .poll(
        async () => {
          await clock.tick(60_000)
          return countReadable(relay)
        },
        { timeout: 60_000 },
      )
      .toBe(5)
  await expect(start('three', 'OLD_KEY')).rejects.toThrow('(5 leads)')
})

it('a relay names the leads whose key it lacks, and leaves them as they are', { timeout }, async () => {
  const { database, clock, lenders, start } = await openShared()
  // Two relays without a common key, on a database without leads, which would keep one of them from starting.
  const lacking = await start('one', 'OLD_KEY')
  const knowing = await start('two', 'NEW_KEY')
  // What is stored waits: the lender takes nothing now.
  lenders.answer('first/create', new Response('', { status: 503 }))
  const lead = inventLead()
  expect((await postLead(knowing, lead)).status).toBe(202)
  const readRows = () =>
    readDatabase(
      database,
      `select r."values"::text, k.wrapped from anketa.revisions r join anketa.lead_keys k on k.lead = r.lead`,
    )
  const stored = await readRows()
  expect(stored).toHaveLength(1)
  const { key } = await readEncryption(knowing)
  await expect
    .poll(async () => {
      await clock.tick(60_000)
      return (await requestHealth(lacking)).body
    })
    .toMatchObject({
      status: 'degraded',
      reasons: expect.arrayContaining([expect.stringContaining(`${key} (1 lead)`)]),
      encryption: { missingKeys: [{ key, leads: 1, examples: [lead.id] }] },
    })
  expect(await readEncryption(knowing)).not.toHaveProperty('missingKeys')
  await lacking.close()
  expect(await readRows()).toEqual(stored)
  // With the key, the lead is delivered.
  lenders.answer('first/create', { outcome: 'accepted' })
  const complete = await start('one', 'OLD_KEY', 'NEW_KEY')
  await knowing.close()
  await expect
    .poll(
      async () => {
        await clock.tick(60_000)
        return (await postLead(complete, lead)).body
      },
      { timeout: 60_000 },
    )
    .toMatchObject({ outcome: 'accepted' })
})
