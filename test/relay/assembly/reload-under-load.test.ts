import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { Agent, request as requestHttp } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { serveRelay, type RelayServer } from '../../../src/relay/assembly/serve.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { formEntry, type InventedLead, inventLead, wideLimits } from '../support/invented.ts'
import {
  createRelayFixture,
  requestHealth,
  requestOutcome,
  toDatabaseOption,
} from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let server: RelayServer | undefined
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(async () => {
  await server?.close()
  await fixture.end()
})

const leastPosts = 200

const agent = new Agent({ keepAlive: true, maxSockets: 4 })
/** The ports of the connections that were used. */
const connections = new Set<number | undefined>()

function post(port: number, lead: object): Promise<{ status: number; body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>()
  const outgoing = requestHttp(
    {
      agent,
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/forms/main/leads',
      headers: { 'content-type': 'application/json' },
    },
    (incoming) => {
      connections.add(incoming.socket.localPort)
      text(incoming).then((body) => resolve({ status: incoming.statusCode ?? 0, body }), reject)
    },
  )
  outgoing.on('error', reject)
  outgoing.end(JSON.stringify(lead))
  return promise
}

it(
  'ten reloads under load fail no post, lose no lead, repeat no delivery and end no connection',
  { timeout: 120_000 },
  async () => {
    const lenders = createFakeLenders()
    const database = await fixture.usedFolder()
    const write = (name: string, content: string) => writeFile(join(fixture.root, name), content)
    await write('one.key', randomBytes(32).toString('base64'))
    await write('two.key', randomBytes(32).toString('base64'))
    await write('token', 'invented-token-0')
    const configure = (step: number, keys: readonly string[]) => ({
      database: toDatabaseOption(database),
      port: 0,
      host: '127.0.0.1',
      adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
      limits: { ...wideLimits, perPhone: wideLimits.perPhone + step },
      dataKeys: keys.map((file) => ({ file })),
      forms: {
        main: {
          ...formEntry(),
          title: `Заявка ${step}`,
          answerWithinSeconds: 2,
          destinations: [{ provider: 'lender', name: 'first', token: { file: 'token' } }],
        },
        ...(step % 2 === 0 ? {} : { other: { ...formEntry(), destinations: [] } }),
      },
    })
    const { database: _, ...config } = configure(0, ['one.key'])
    const relay: Relay = await fixture.start(database, {
      providers: lenders.providers,
      fetch: lenders.fetch,
      readText: (path) => readFile(join(fixture.root, path), 'utf8'),
      forms: config.forms,
      config,
    })
    server = await serveRelay(relay)
    const { port } = server

    const leads: InventedLead[] = []
    const answers: { status: number; body: string }[] = []
    let isReloading = true
    const postAll = async (): Promise<void> => {
      while (isReloading || leads.length < leastPosts) {
        const lead = inventLead()
        leads.push(lead)
        answers.push(await post(port, lead))
      }
    }
    const posting = Promise.all([postAll(), postAll(), postAll(), postAll()])
    const changes: (readonly string[])[] = []
    for (let step = 1; step <= 10; step += 1) {
      // Posts are answered between two reloads.
      const before = answers.length
      await expect.poll(() => answers.length).toBeGreaterThanOrEqual(before + 6)
      await write('token', `invented-token-${step}`)
      const keys = step < 5 ? ['one.key'] : ['two.key', 'one.key']
      changes.push((await relay.reload(configure(step, keys))).changed)
    }
    // The key that encrypts is needed.
    await expect(relay.reload(configure(10, []))).rejects.toMatchObject({
      code: 'config-refused',
      problems: [expect.stringContaining('encrypted with a key which is not among "dataKeys"')],
    })
    isReloading = false
    await posting

    expect(answers.map(({ status, body }) => (status === 200 ? status : body))).toEqual(leads.map(() => 200))
    expect(connections.size).toBe(4)
    expect(changes[0]).toEqual(['limits', 'forms.main', 'forms.other'])
    expect(changes[4]).toContain('dataKeys')
    // Each lead was sent once, with the token of its time.
    expect(lenders.called()).toEqual(leads.map(() => 'first/create'))
    expect(new Set(lenders.calls.map(({ token }) => token)).size).toBeGreaterThan(8)
    expect((await requestHealth(relay)).body).toMatchObject({
      status: 'degraded',
      queue: { waiting: 0, failed: 0 },
    })

    // The key that was replaced is not needed any longer, once the keys of all leads are encrypted with the new one.
    await expect
      .poll(() => relay.reload(configure(11, ['two.key'])).then(() => 'reloaded', String))
      .toBe('reloaded')
    for (const lead of leads.slice(0, 10))
      expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'accepted' })
  },
)
