import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import type { Clock } from 'pg-boss'
import { createRelay } from '../src/relay/create-relay.ts'
import { documents, operator, renderDocument } from './documents.ts'
import { createPages } from './pages/serve-pages.ts'
import { createAdmitadSandbox } from './sandbox/admitad/sandbox.ts'
import { createDevtekSandbox } from './sandbox/devtek/sandbox.ts'
import { createFiveCrmSandbox } from './sandbox/fivecrm/sandbox.ts'
import { createLotinfoSandbox } from './sandbox/lotinfo/sandbox.ts'

/** What the demonstration runs with. */
export interface DemoOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** Folder of the relay's embedded database. */
  readonly folder: string
  /** Another Devtek sandbox, in a process of its own; without it the demonstration's own is used. */
  readonly devtekUrl?: string
  /** How long the relay waits for the provider before it answers; 5 unless given. */
  readonly answerWithinSeconds?: number
  /** The operator's token; without one the relay has no operator's routes. */
  readonly adminToken?: string
  /** Time as the relay knows it. */
  readonly clock?: Clock
  /** The built `anketa.js` that the relay serves, with the files beside it; that of this package unless given. */
  readonly widgetFile?: string | URL
  /** Told what the relay has to say. */
  readonly log?: (message: string) => void
}

/** A running demonstration. */
export interface Demo {
  readonly url: string
  close(): Promise<void>
}

/** What a page may do: only what its own server serves, and nothing inline. The form needs no more. */
const strictPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'"

/** The landing pages, by path. */
const pages = [
  ['/', 'index.html'],
  ['/full', 'full.html'],
  ['/admitad', 'admitad.html'],
  ['/sms', 'sms.html'],
  ['/lotinfo', 'lotinfo.html'],
  ['/callback', 'callback.html'],
  ['/test', 'test.html'],
] as const

const credentials = { idWebmaster: 123, token: 'sandbox-token-sandbox-token-0000' }
const admitad = {
  websiteId: 7,
  clientId: 'sandbox-client',
  clientSecret: 'sandbox-client-secret',
  accessToken: 'sandbox-access-token',
}
const lotinfo = { token: 'sandbox-token-of-lotinfo' }
const fiveCrm = { publicToken: 'sandbox-public-token', secretToken: 'sandbox-secret-token' }

/** Serves landing pages with forms, the relay behind them and the providers' sandboxes: one port, one process. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { port, folder, devtekUrl, answerWithinSeconds = 5, adminToken, clock, log } = options
  const app = new Hono()
  const server = createAdaptorServer({ fetch: app.fetch })
  server.listen(port)
  await once(server, 'listening')
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  const url = `http://localhost:${bound}`

  const sandboxes = `http://127.0.0.1:${bound}/sandbox`
  const devtek = devtekUrl ?? `${sandboxes}/devtek`
  const config = relayConfig(url, folder, { sandboxes, devtek }, answerWithinSeconds)
  const operatorToken = adminToken === undefined ? {} : { adminToken: { env: 'ANKETA_ADMIN_TOKEN' } }
  const relay = await createRelay(
    { ...config, ...operatorToken },
    {
      fetch: (target, init) => fetch(target, init),
      env: {
        DEVTEK_TOKEN: credentials.token,
        ADMITAD_TOKEN: admitad.accessToken,
        LOTINFO_TOKEN: lotinfo.token,
        ANKETA_ADMIN_TOKEN: adminToken,
      },
      widgetFile: options.widgetFile ?? new URL('../dist/anketa.js', import.meta.url),
      ...(clock ? { clock } : {}),
      ...(log
        ? { log: (level, message, facts) => log(`${level}: ${message} ${JSON.stringify(facts ?? {})}`) }
        : {}),
    },
  ).catch((error: unknown) => {
    server.close()
    throw error
  })

  for (const [path, page] of pages) {
    app.get(path, async (context) => {
      context.header('content-security-policy', strictPolicy)
      return context.html(await readFile(new URL(`landing/${page}`, import.meta.url), 'utf8'))
    })
  }
  app.get('/landing.css', async (context) => {
    const css = await readFile(new URL('landing/landing.css', import.meta.url), 'utf8')
    return context.body(css, 200, { 'content-type': 'text/css; charset=utf-8' })
  })
  for (const document of Object.values(documents)) {
    app.get(document.path, (context) => {
      context.header('content-security-policy', strictPolicy)
      return context.html(renderDocument(document))
    })
  }
  const now = () => new Date()
  // As Devtek's own kit does: its lists have no codes, and nothing is imported here.
  app.route(
    '/sandbox/devtek',
    createDevtekSandbox({ ...credentials, now, switches: { acceptPlaceIds: true } }).app,
  )
  app.route('/sandbox/admitad', createAdmitadSandbox({ ...admitad, now }).app)
  app.route('/sandbox/lotinfo', createLotinfoSandbox({ ...lotinfo, now }).app)
  app.route('/sandbox/fivecrm', createFiveCrmSandbox({ ...fiveCrm, now }).app)
  app.route('/pages', createPages())
  app.all('*', (context) => relay.fetch(context.req.raw))

  return {
    url,
    async close() {
      await relay.close()
      const closed = once(server, 'close')
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}

function relayConfig(
  url: string,
  folder: string,
  { sandboxes, devtek }: { readonly sandboxes: string; readonly devtek: string },
  answerWithinSeconds: number,
) {
  const consents = (['processing', 'transfer', 'advertising'] as const).map((id) => ({
    id,
    required: id !== 'advertising',
    documentUrl: url + documents[id].path,
    version: '2026-09-01',
  }))
  const form = {
    operator,
    policyUrl: url + documents.policy.path,
    consents,
    // The same page is opened by either name.
    origins: [url, url.replace('localhost', '127.0.0.1')],
    answerWithinSeconds,
  }
  const toDevtek = {
    provider: 'devtek',
    idWebmaster: credentials.idWebmaster,
    token: { env: 'DEVTEK_TOKEN' },
    baseUrl: devtek,
  }
  const toAdmitad = {
    provider: 'admitad',
    websiteId: admitad.websiteId,
    accessToken: { env: 'ADMITAD_TOKEN' },
    personalDataAgent: operator.name,
    baseUrl: `${sandboxes}/admitad`,
  }
  const toLotinfo = {
    provider: 'lotinfo',
    token: { env: 'LOTINFO_TOKEN' },
    userId: 1,
    baseUrl: `${sandboxes}/lotinfo`,
  }
  const toFiveCrm = {
    provider: 'fivecrm',
    method: 'form',
    publicToken: fiveCrm.publicToken,
    baseUrl: `${sandboxes}/fivecrm`,
  }
  return {
    database: `pglite:${folder}`,
    publicUrl: url,
    forms: {
      main: { ...form, definition: 'microloan', destinations: [toDevtek] },
      full: { ...form, definition: 'devtek', destinations: [toDevtek] },
      admitad: {
        ...form,
        definition: 'admitad',
        // The last of them takes no applications: a mixed answer.
        destinations: [{ ...toAdmitad, campaigns: [17809, [17288, 16651], { ids: [17810], pause: 80 }] }],
      },
      sms: {
        ...form,
        definition: 'microloan',
        destinations: [{ ...toAdmitad, mode: 'sync', campaignId: 66 }],
      },
      lotinfo: { ...form, definition: 'lotinfo', destinations: [toLotinfo] },
      callback: {
        ...form,
        definition: 'callback',
        // Nobody else gets what is left for a call back.
        consents: consents.filter(({ id }) => id !== 'transfer'),
        destinations: [toFiveCrm],
      },
    },
  }
}
