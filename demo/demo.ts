import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { Clock } from 'pg-boss'
import { createRelay } from '../src/relay/create-relay.ts'
import type { Relay } from '../src/relay/relay-options.ts'
import { documents, renderDocument } from './documents.ts'
import { createPartners } from './offers.ts'
import { createPages } from './pages/serve-pages.ts'
import { accounts, createRelayConfig } from './relay-config.ts'
import { createAdmitadSandbox } from './sandbox/admitad/sandbox.ts'
import { createAmoCrmSandbox } from './sandbox/amocrm/sandbox.ts'
import { createBitrix24Sandbox } from './sandbox/bitrix24/sandbox.ts'
import { createDevtekSandbox } from './sandbox/devtek/sandbox.ts'
import { createFiveCrmSandbox } from './sandbox/fivecrm/sandbox.ts'
import { createLeadCraftSandbox } from './sandbox/leadcraft/sandbox.ts'
import { createLeadGidSandbox } from './sandbox/leadgid/sandbox.ts'
import { createLotinfoSandbox } from './sandbox/lotinfo/sandbox.ts'

/** Options of the demonstration. */
export interface DemoOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** Folder of the relay's embedded database. */
  readonly folder: string
  /** Address of another Devtek sandbox. The demonstration's own is the default. */
  readonly devtekUrl?: string
  /** How long the relay waits for the provider before it answers. 5 is the default. */
  readonly answerWithinSeconds?: number
  /** The operator's token. Without one the relay has no admin routes. */
  readonly adminToken?: string
  /** Users of the console, beside the one of the token. */
  readonly users?: readonly object[]
  /** Time of the relay. The system clock is the default. */
  readonly clock?: Clock
  /** The built `anketa.js` that the relay serves, with the files beside it. The one of this package is the default. */
  readonly widgetFile?: string | URL
  /** Whether the relay counts events of forms, which it does by default. */
  readonly statistics?: boolean
  /** Receives the relay's log. */
  readonly log?: (message: string) => void
}

/** A running demonstration. */
export interface Demo {
  readonly url: string
  close(): Promise<void>
}

/** Allows only what the page's own server serves, and nothing inline. The form works with it. */
const strictPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'"

/** For the page whose form shows logos, which the relay serves. */
const policyWithImages = `${strictPolicy}; img-src 'self'`

/** For the form builder, whose forms may show logos. */
const builderPolicy = `${policyWithImages} data:; form-action 'none'`

/** The landing pages, by path. */
const pages = [
  ['/', 'index.html'],
  ['/full', 'full.html'],
  ['/admitad', 'admitad.html'],
  ['/sms', 'sms.html'],
  ['/lotinfo', 'lotinfo.html'],
  ['/callback', 'callback.html'],
  ['/calculator', 'calculator.html'],
  ['/offers', 'offers.html'],
  ['/test', 'test.html'],
] as const

/** Serves landing pages with forms, the relay behind them and the providers' sandboxes: one port, one process. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  // The relay's configuration names the port, so a free one is chosen before there is a server.
  const port = options.port === 0 ? await findFreePort() : options.port
  const listening = Promise.withResolvers<void>()
  const relay = await createDemoRelay(port, options, listening.promise)
  try {
    // Listens last: a connection that comes earlier is refused, and no request meets half of the routes.
    const server = createAdaptorServer({ fetch: createDemoApp(relay).fetch })
    server.listen(port)
    await once(server, 'listening')
    listening.resolve()
    return {
      url: urlOf(port),
      async close() {
        await relay.close()
        await closeServer(server)
      },
    }
  } catch (error) {
    await relay.close()
    throw error
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  await closeServer(server)
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port')
  return address.port
}

async function closeServer(server: ServerType): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
  await closed
}

function urlOf(port: number): string {
  return `http://localhost:${port}`
}

function createDemoRelay(port: number, options: DemoOptions, listening: Promise<void>): Promise<Relay> {
  const { folder, devtekUrl, answerWithinSeconds = 5, adminToken, statistics, clock, log } = options
  const sandboxes = `http://127.0.0.1:${port}/sandbox`
  const devtek = devtekUrl ?? `${sandboxes}/devtek`
  const config = createRelayConfig(urlOf(port), folder, { sandboxes, devtek }, answerWithinSeconds)
  const operatorToken =
    adminToken === undefined
      ? {}
      : {
          adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
          console: { ...config.console, users: options.users ?? [] },
        }
  return createRelay(
    { ...config, ...operatorToken, ...(statistics === undefined ? {} : { statistics }) },
    {
      // The sandboxes are on the same port.
      async fetch(target, init) {
        await listening
        return fetch(target, init)
      },
      env: {
        DEVTEK_TOKEN: accounts.devtek.token,
        ADMITAD_TOKEN: accounts.admitad.accessToken,
        LOTINFO_TOKEN: accounts.lotinfo.token,
        REFUSAL_SECRET: `whsec_${Buffer.from('a secret of the demonstration').toString('base64')}`,
        ANKETA_ADMIN_TOKEN: adminToken,
      },
      // The logos of offers.
      readText: (path) => readFile(new URL(`landing/${path}`, import.meta.url), 'utf8'),
      consoleFolder: new URL('../dist/console/', import.meta.url),
      widgetFile: options.widgetFile ?? new URL('../dist/anketa.js', import.meta.url),
      ...(clock ? { clock } : {}),
      ...(log
        ? { log: (level, message, facts) => log(`${level}: ${message} ${JSON.stringify(facts ?? {})}`) }
        : {}),
    },
  )
}

function createDemoApp(relay: Relay): Hono {
  const app = new Hono()
  for (const [path, page] of pages) {
    app.get(path, async (context) => {
      context.header('content-security-policy', page === 'offers.html' ? policyWithImages : strictPolicy)
      return context.html(await readFile(new URL(`landing/${page}`, import.meta.url), 'utf8'))
    })
  }
  app.get('/landing.css', async (context) => {
    const css = await readFile(new URL('landing/landing.css', import.meta.url), 'utf8')
    return context.body(css, 200, { 'content-type': 'text/css; charset=utf-8' })
  })
  // The form builder of the console as a page that needs no relay; its files are those of the console.
  app.get('/builder', async (context) => {
    context.header('content-security-policy', builderPolicy)
    return context.html(await readFile(new URL('../dist/console/builder.html', import.meta.url), 'utf8'))
  })
  for (const document of Object.values(documents)) {
    app.get(document.path, (context) => {
      context.header('content-security-policy', strictPolicy)
      return context.html(renderDocument(document))
    })
  }
  const now = () => new Date()
  // As in Devtek's own kit: its lists have no codes, and nothing is imported here.
  const devtekSwitches = { acceptPlaceIds: true }
  app.route('/sandbox/devtek', createDevtekSandbox({ ...accounts.devtek, now, switches: devtekSwitches }).app)
  app.route('/sandbox/admitad', createAdmitadSandbox({ ...accounts.admitad, now }).app)
  app.route('/sandbox/lotinfo', createLotinfoSandbox({ ...accounts.lotinfo, now }).app)
  // Frames with `sandbox` have another origin than the page.
  app.use('/sandbox/fivecrm/*', cors())
  app.route('/sandbox/fivecrm', createFiveCrmSandbox({ ...accounts.fiveCrm, now }).app)
  // The interfaces of the ready definitions. No form of the demonstration uses them.
  const readyToken = 'sandbox-token-of-a-ready-definition'
  app.route('/sandbox/bitrix24', createBitrix24Sandbox({ code: readyToken, now }).app)
  app.route('/sandbox/amocrm', createAmoCrmSandbox({ token: readyToken, now }).app)
  app.route('/sandbox/leadgid', createLeadGidSandbox({ token: readyToken, now }).app)
  app.route('/sandbox/leadcraft', createLeadCraftSandbox({ token: readyToken, now }).app)
  app.route('/', createPartners())
  app.route('/pages', createPages())
  app.all('*', (context) => relay.fetch(context.req.raw))
  return app
}
