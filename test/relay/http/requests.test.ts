import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { parseLead } from '../../../src/relay/http/parse-lead.ts'
import { serveRelay, type RelayServer } from '../../../src/relay/assembly/serve.ts'
import { seed } from '../../support/random.ts'
import { createFakeProvider } from '../support/fake-provider.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { openUsedDatabase } from '../support/read-database.ts'
import { createRelayFixture, postLead, request } from '../support/relay-fixture.ts'

const timeout = 60_000
const log: (readonly [level: string, text: string, facts: object])[] = []
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay
let server: RelayServer

beforeAll(async () => {
  fixture = await createRelayFixture()
  const database = await fixture.usedDatabase()
  const opened = await openUsedDatabase(database)
  await opened.query(
    `create function refuse() returns trigger language plpgsql as $$ begin
       if new.widget = 'poison' then raise exception 'poison' using errcode = '22P05'; end if;
       return new;
     end $$`,
  )
  await opened.query(
    'create trigger refuse before insert on anketa.revisions for each row execute function refuse()',
  )
  await opened.close()
  relay = await fixture.start(database, {
    fetch: createFakeProvider().fetch,
    log: (level, text, facts = {}) => log.push([level, text, facts]),
    config: { port: 0, host: '127.0.0.1' },
    forms: { main: { ...formEntry(), answerWithinSeconds: 1 } },
  })
  server = await serveRelay(relay)
}, timeout)
afterAll(async () => {
  await server.close()
  await fixture.end()
})

describe('a moment in a lead', () => {
  const statusOf = (moment: string): 'taken' | 'refused' => {
    const lead = inventLead()
    const consents = lead.consents.map((receipt) => ({ ...receipt, acceptedAt: moment }))
    return 'lead' in parseLead({ ...lead, consents }) ? 'taken' : 'refused'
  }

  it.each([
    '2026-11-22T12:00:00+03:00',
    '2026-11-22T12:00:00.123Z',
    '2024-02-29T23:59:59-03:30',
    '2026-11-22T12:00+14:00',
  ])('is taken as ISO 8601: %s', (moment) => expect(statusOf(moment)).toBe('taken'))

  it.each([
    '2026-11-22',
    '2026-11-22 (\u0000)',
    '2026-11-22T12:00:00',
    '2026-11-22 12:00:00+03:00',
    '2026-02-29T12:00:00Z',
    '2026-13-01T12:00:00Z',
    '2026-11-31T12:00:00Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22T12:60:00Z',
    '2026-11-22T12:00:00+15:00',
    '2026-11-22T12:00:00+03:00 согласен',
    'Sun, 22 Nov 2026 09:00:00 GMT',
    '22.11.2026',
    '1764000000000',
    '+012026-11-22T12:00:00Z',
    '',
    '\n2026-11-22T12:00:00Z',
    '2026-11-22T12:00:00Z\n',
  ])('is refused otherwise: %j', (moment) => expect(statusOf(moment)).toBe('refused'))
})

describe('what the database cannot store', { timeout }, () => {
  it('is a fault of the request, not of the database', async () => {
    expect(await postLead(relay, { ...inventLead(), widget: 'poison' })).toMatchObject({
      status: 422,
      body: { error: { code: 'not-storable' } },
    })
  })

  it('never causes a 5xx, in any part of a body', async () => {
    const hostile = fc.constantFrom('\0', 'a\0', '\ud800', String.raw`\u0000`)
    const place = fc.constantFrom<(text: string) => object>(
      (text) => ({ values: { ...inventLead().values, firstName: text } }),
      (text) => ({ values: { ...inventLead().values, [text]: text } }),
      (text) => ({ attribution: { utm_source: text, [text]: text, first: { utm_term: text } } }),
      (text) => ({ page: { ...inventLead().page, url: `https://x.ru/${text}`, variant: text } }),
      (text) => ({ page: { ...inventLead().page, startedAt: text } }),
      (text) => ({ widget: text }),
      (text) => ({ id: text, key: text }),
      (text) => ({ consents: inventLead().consents.map((one) => ({ ...one, version: text, id: text })) }),
      (text) => ({ consents: inventLead().consents.map((one) => ({ ...one, textSha256: text })) }),
    )
    await fc.assert(
      fc.asyncProperty(hostile, place, fc.boolean(), async (text, withText, isRaw) => {
        const json = JSON.stringify({ ...inventLead(), ...withText(text) })
        // A NUL itself is no part of JSON.
        const body = isRaw ? json.replaceAll(String.raw`\u0000`, '\0') : json
        const { status } = await postLead(relay, body, { 'user-agent': 'a browser' })
        expect(status).toBeOneOf([200, 202, 400, 422])
      }),
      { seed, numRuns: 60 },
    )
  })

  it.each(['/forms/main/cities?query=%00', '/forms/main/leads/%00', '/forms/%00', '/%00?%00=%00'])(
    'is no reason for a 5xx in an address: %s',
    async (path) => expect((await request(relay, path)).status).toBeLessThan(500),
  )
})

it('a client that closes the connection is no error', { timeout }, async () => {
  log.length = 0
  for (const body of ['{"id":', '']) {
    const socket = connect(server.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(
      `POST /forms/main/leads HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n${body}`,
    )
    await new Promise((resolve) => setTimeout(resolve, 200))
    socket.destroy()
  }
  await expect
    .poll(() => log.filter(([, text]) => text.startsWith('A client closed the connection')))
    .toHaveLength(2)
  expect(log.filter(([level]) => level === 'error')).toEqual([])
})

it('a path is cut in the log and has no query', { timeout }, async () => {
  log.length = 0
  await request(relay, `/${'a'.repeat(15_000)}?phone=SECRET1`)
  await request(relay, '/forms/main/cities?query=SECRET1')
  const paths = log.flatMap(([, text, facts]) => (text === 'Request' && 'path' in facts ? [facts.path] : []))
  expect(paths).toEqual([`/${'a'.repeat(199)}…`, '/forms/main/cities'])
  expect(JSON.stringify(log)).not.toContain('SECRET1')
})
