import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdmitadSandbox } from '../../../../demo/sandbox/admitad/sandbox.ts'
import { createDevtekSandbox } from '../../../../demo/sandbox/devtek/sandbox.ts'
import { createRelay } from '../../../../src/relay/create-relay.ts'
import { createLog } from '../../../../src/relay/log.ts'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { copyDatabaseTemplate } from '../../../support/database-template.ts'
import { smsCode } from './applicant.ts'
import type { EvidenceLog } from './evidence.ts'
import { leakForm } from './leak-form.ts'
import { type RecordedServer, serveRecorded } from './serve.ts'

/** The operator's token of the relay. */
export const adminToken = 'invented-operator-token-0123456789'
/** What the page of the direct delivery shows to everybody. */
export const devtekToken = 'sandbox-token-sandbox-token-0000'

const consent = { documentUrl: 'https://example.ru/consent/2026-09-01.html', version: '2026-09-01' }

/** Who processes the data, and the documents. */
export const documents = {
  operator: { name: 'ООО Пример' },
  'policy-url': 'https://example.ru/policy',
  consents: ['processing', 'transfer'].map((id) => ({ ...consent, id, required: true })),
}

/** A landing page, its relay, a provider and a partner, each at an origin of its own. */
export interface LeakServers {
  readonly landing: RecordedServer
  readonly relayServer: RecordedServer
  readonly devtekServer: RecordedServer
  readonly partner: RecordedServer
  readonly relay: Relay
  readonly folder: string
  /** What Devtek answers next, from the body of the request; the sandbox answers afterwards. */
  readonly answers: ((body: string) => Response)[]
  /** The bodies of the leads that Devtek has got. */
  readonly received: string[]
  /** The HTML of the landing page at a path. */
  readonly pages: Map<string, string>
  close(): Promise<void>
}

/** Starts the servers. Everything that they receive and answer is recorded. */
export async function startLeakServers(evidence: EvidenceLog): Promise<LeakServers> {
  const { record } = evidence
  const now = () => new Date()
  const devtek = createDevtekSandbox({
    idWebmaster: 123,
    token: devtekToken,
    now,
    switches: { acceptPlaceIds: true, rememberDuplicates: false },
  })
  const admitad = createAdmitadSandbox({
    clientId: 'client',
    clientSecret: 'client-secret',
    accessToken: 'access-token',
    websiteId: 1,
    now,
    switches: { code: smsCode },
  })
  const answers: ((body: string) => Response)[] = []
  const received: string[] = []
  const pages = new Map<string, string>()
  const folder = await mkdtemp(join(tmpdir(), 'anketa-leak-'))
  await copyDatabaseTemplate(folder)

  async function answerAsDevtek(request: Request): Promise<Response> {
    if (!request.url.endsWith('/new-lead/')) return devtek.app.fetch(request)
    const body = await request.clone().text()
    received.push(body)
    return answers.shift()?.(body) ?? devtek.app.fetch(request)
  }

  const landing = await serveRecorded('landing', '127.0.0.1', evidence, ({ url }) => {
    const html = pages.get(new URL(url).pathname)
    return new Response(html ?? 'not found', {
      status: html === undefined ? 404 : 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    })
  })
  const partner = await serveRecorded(
    'partner',
    '127.0.0.1',
    evidence,
    () => new Response('<!doctype html><title>Партнёр</title>', { headers: { 'content-type': 'text/html' } }),
  )
  const devtekServer = await serveRecorded('devtek', '127.0.0.1', evidence, async (request) => {
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
    if (request.method === 'OPTIONS') return new Response(null, { headers })
    const response = await answerAsDevtek(request)
    return new Response(response.body, { status: response.status, headers })
  })
  const log = (['text', 'json'] as const).map((format) =>
    createLog(format, (line) => record('relay log', format, line)),
  )
  const relay = await createRelay(
    {
      database: `pglite:${folder}`,
      adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
      dataKeys: [{ env: 'DATA_KEY' }],
      limits: { perAddress: 1000, perPhone: 1000 },
      forms: {
        main: {
          definition: leakForm,
          operator: documents.operator,
          policyUrl: documents['policy-url'],
          consents: documents.consents,
          origins: [landing.url],
          answerWithinSeconds: 15,
          destinations: [
            {
              provider: 'devtek',
              idWebmaster: 123,
              token: { env: 'DEVTEK_TOKEN' },
              baseUrl: 'http://127.0.0.1:9/devtek',
            },
            {
              provider: 'admitad',
              mode: 'sync',
              campaignId: 66,
              websiteId: 1,
              accessToken: { env: 'ADMITAD_TOKEN' },
              baseUrl: 'http://127.0.0.1:9/admitad',
            },
          ],
        },
      },
    },
    {
      env: {
        ANKETA_ADMIN_TOKEN: adminToken,
        DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
        DEVTEK_TOKEN: devtekToken,
        ADMITAD_TOKEN: 'access-token',
      },
      log: (...line) => {
        for (const write of log) write(...line)
      },
      async fetch(url, init) {
        const { pathname, search } = new URL(url)
        const [, provider = '', path = ''] = /^\/(\w+)(\/.*)$/.exec(pathname) ?? []
        const request = new Request(`http://${provider}.example${path}${search}`, init)
        record('provider address', provider, path + search)
        record('provider headers', provider, JSON.stringify([...request.headers]))
        return provider === 'devtek' ? answerAsDevtek(request) : admitad.app.fetch(request)
      },
      widgetFile: new URL('../../../../dist/anketa.js', import.meta.url),
    },
  )
  const relayServer = await serveRecorded('relay', 'localhost', evidence, (request) => relay.fetch(request))
  return {
    landing,
    relayServer,
    devtekServer,
    partner,
    relay,
    folder,
    answers,
    received,
    pages,
    async close() {
      for (const server of [landing, relayServer, devtekServer, partner]) server.close()
      await relay.close({ graceMs: 1000 })
      await rm(folder, { recursive: true, force: true })
    },
  }
}
