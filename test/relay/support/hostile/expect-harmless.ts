import fc from 'fast-check'
import { expect } from 'vitest'
import { seed } from '../../../support/random.ts'
import { hostileRequest, type HostileRequest } from './hostile-requests.ts'
import { adminToken, env, formEntry, inventLead } from '../invented.ts'
import { readDatabase } from '../read-database.ts'
import { type createRelayFixture, postLead } from '../relay-fixture.ts'

/** Statuses that answer a request which is refused, or asks for nothing that is there. */
const refusals = [400, 401, 403, 404, 405, 409, 413, 415, 422, 429]

/**
 * Sends hostile requests to a running relay. Every answer has the right form, none is a fault of the relay or tells
 * anything of it or of other people, and nothing is stored but the leads that were answered as taken.
 */
export async function expectHarmless(
  fixture: Awaited<ReturnType<typeof createRelayFixture>>,
  runs: number,
): Promise<void> {
  const database = await fixture.usedDatabase()
  const errors: string[] = []
  const relay = await fixture.start(database, {
    log: (level, ...line) => level === 'error' && errors.push(JSON.stringify(line)),
    forms: { main: { ...formEntry(), destinations: [] } },
    config: {
      publicUrl: 'https://relay.example.ru',
      dataKeys: [{ env: 'DATA_KEY' }],
      signedConsents: { linkDays: 1 },
    },
    env: { ...env, DATA_KEY: Buffer.alloc(32, 7).toString('base64') },
  })
  const other = { ...inventLead(), widget: 'other' }
  const marked = { ...other, values: { ...other.values, lastName: 'Другов', phone: '+79000000088' } }
  expect((await postLead(relay, marked)).status).toBe(202)
  const secrets = [marked.key, 'Другов', '9000000088', adminToken, env.DEVTEK_TOKEN, fixture.root]
  const taken = new Set([marked.id])
  const seen = new Map<number, number>()

  await fc.assert(
    fc.asyncProperty(hostileRequest, async (sent) => {
      const request = toRequest(sent)
      if (!request) return
      const response = await relay.fetch(request, { address: '203.0.113.5' })
      const text = await response.text()
      const { status } = response
      seen.set(status, (seen.get(status) ?? 0) + 1)
      if (status >= 300) expect(refusals).toContain(status)
      for (const secret of secrets) expect(text).not.toContain(secret)
      expect(text).not.toMatch(
        /\bat .+:\d+:\d+|anketa\.(leads|revisions)|select |node_modules|SyntaxError|TypeError/,
      )
      const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false
      if (isPage) expect(sent.headers['content-type']).toContain('urlencoded')
      else if (status >= 400 && sent.method !== 'HEAD') expectJsonError(text)
      else if (sent.method === 'POST' && sent.path === '/forms/main/leads') {
        const answer: { id: string; outcome: string } = JSON.parse(text)
        expect(answer.outcome).toBe('queued')
        taken.add(answer.id)
      }
    }),
    { seed, numRuns: runs },
  )

  expect(errors).toEqual([])
  // The requests reach every kind of answer, and leads that are right after all.
  expect([...seen.keys()]).toEqual(expect.arrayContaining([202, 400, 403, 404, 415, 422]))
  await relay.close({ graceMs: 1000 })
  const rows = await readDatabase<{ id: string }>(
    database,
    `select l.id from anketa.leads l join anketa.revisions r on r.lead = l.id and r.revision = 1
     where r.widget <> 'plain'`,
  )
  expect(new Set(rows.map(({ id }) => id))).toEqual(taken)
}

function expectJsonError(text: string): void {
  const answer: object = JSON.parse(text)
  if ('error' in answer)
    expect(answer).toEqual({ error: { code: expect.any(String), message: expect.any(String) } })
  else expect(answer).toMatchObject({ outcome: 'invalid', issues: expect.any(Array) })
}

/** The request, unless no client could send it. */
function toRequest({ method, path, headers, body }: HostileRequest): Request | undefined {
  try {
    return new Request(`https://relay.example.ru${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    })
  } catch {
    return undefined
  }
}
