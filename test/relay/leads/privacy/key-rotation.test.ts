import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { adminToken, formEntry, inventLead, type InventedLead } from '../../support/invented.ts'
import { readDatabase } from '../../support/read-database.ts'
import { createRelayFixture, postLead, request } from '../../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const env = {
  ANKETA_ADMIN_TOKEN: adminToken,
  OLD_KEY: randomBytes(32).toString('base64'),
  NEW_KEY: randomBytes(32).toString('base64'),
}
const lenders = createFakeLenders()

/** The leads that the relay gives out for some phones, as it has decrypted them. */
async function readLeads(relay: Relay, phones: ReadonlySet<string>): Promise<ReadonlyMap<string, object>> {
  const found = new Map<string, object>()
  for (const phone of phones) {
    const { body } = await request(relay, '/admin/export', {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}` },
      body: JSON.stringify({ phone }),
    })
    for (const { id, revisions } of Object(body).leads) found.set(id, revisions[0].values)
  }
  return found
}

it('keys change while leads come, and no lead becomes unreadable', { timeout: 120_000 }, async () => {
  const database = await fixture.usedDatabase()
  const lines: string[] = []
  const start = (...keys: readonly (keyof typeof env)[]) =>
    fixture.start(database, {
      env,
      config: { dataKeys: keys.map((name) => ({ env: name })) },
      writeLog: (line) => lines.push(line),
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
  const readKeys = () =>
    readDatabase<{ key: string; leads: number }>(
      database,
      'select key_id as key, count(*)::int as leads from anketa.lead_keys group by key_id',
    )

  let relay: Relay | undefined = await start('OLD_KEY')
  const stored: InventedLead[] = []
  let posting = true
  const poster = (async () => {
    for (let lead = inventLead(); posting;) {
      const answer = relay && (await postLead(relay, lead).catch(() => undefined))
      // While the relay restarts, the page sends the same lead again.
      if (answer && answer.status < 300) stored.push(lead)
      if (answer && answer.status < 300) lead = inventLead()
      await pause(50)
    }
  })()
  const storeMore = async (count: number) => {
    const before = stored.length
    await expect.poll(() => stored.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(before + count)
  }
  async function restart(...keys: readonly (keyof typeof env)[]): Promise<void> {
    const closing = relay
    relay = undefined
    await closing?.close()
    relay = await start(...keys)
  }

  async function expectReadable(): Promise<void> {
    const leads = [...stored]
    const phones = new Set(leads.map(({ values }) => values.phone))
    await expect
      .poll(
        async () => {
          const found = relay ? await readLeads(relay, phones) : new Map<string, object>()
          return leads.filter(({ id, values }) => Object(found.get(id)).phone !== values.phone).length
        },
        { timeout: 60_000 },
      )
      .toBe(0)
  }

  await storeMore(12)
  await restart('NEW_KEY', 'OLD_KEY')
  await storeMore(5)
  await expect.poll(() => lines.join('')).toContain('were brought to the configured keys')
  await expectReadable()
  const between = relay
  relay = undefined
  await between.close()
  const keys = await readKeys()
  expect(keys).toHaveLength(1)
  // The old key goes, and leads go on coming.
  relay = await start('NEW_KEY')
  await storeMore(5)
  posting = false
  await poster
  // The hashes by which a person is found are made again meanwhile: their key was the last one.
  await expectReadable()
  await relay.close()
  expect(await readKeys()).toEqual([{ key: keys[0]?.key, leads: stored.length }])
  // The message names the key that is missing, and how many leads need it. Nothing is changed.
  await expect(start('OLD_KEY')).rejects.toThrow(`${keys[0]?.key} (${stored.length} leads)`)
  expect(await readKeys()).toEqual([{ key: keys[0]?.key, leads: stored.length }])
})
