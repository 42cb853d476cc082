import { fstatSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { createAdmitadSandbox } from './admitad/sandbox.ts'
import { createAmoCrmSandbox } from './amocrm/sandbox.ts'
import { createBitrix24Sandbox } from './bitrix24/sandbox.ts'
import { createDevtekSandbox } from './devtek/sandbox.ts'
import { createFiveCrmSandbox } from './fivecrm/sandbox.ts'
import { createLeadCraftSandbox } from './leadcraft/sandbox.ts'
import { createLeadGidSandbox } from './leadgid/sandbox.ts'
import { createLotinfoSandbox } from './lotinfo/sandbox.ts'

// Runs a sandbox as a separate process: node demo/sandbox/serve.ts [--port 0] [--provider devtek] [--id-webmaster 123]
// [--token …]
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    provider: { type: 'string', default: 'devtek' },
    'id-webmaster': { type: 'string', default: '123' },
    token: { type: 'string', default: 'sandbox-token-sandbox-token-0000' },
  },
})

const now = () => new Date()
const sandboxes = {
  devtek: () =>
    createDevtekSandbox({ idWebmaster: Number(values['id-webmaster']), token: values.token, now }),
  admitad: () =>
    createAdmitadSandbox({
      websiteId: 7,
      clientId: 'sandbox-client',
      clientSecret: 'sandbox-client-secret',
      accessToken: 'sandbox-access-token',
      now,
    }),
  lotinfo: () => createLotinfoSandbox({ token: values.token, now }),
  bitrix24: () => createBitrix24Sandbox({ code: values.token, now }),
  amocrm: () => createAmoCrmSandbox({ token: values.token, now }),
  leadgid: () => createLeadGidSandbox({ token: values.token, now }),
  leadcraft: () => createLeadCraftSandbox({ token: values.token, now }),
  fivecrm: () =>
    createFiveCrmSandbox({
      publicToken: 'sandbox-public-token',
      secretToken: 'sandbox-secret-token',
      now,
    }),
}

const names = Object.keys(sandboxes)
if (!isKnown(values.provider)) {
  console.error(`--provider: expected one of ${names.join(', ')}`)
  process.exit(1)
}
const { app } = sandboxes[values.provider]()

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(values.port) }, ({ port }) => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`)
})

const stop = () => process.exit(0)
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

// A pipe from the parent closes when the parent exits. An ignored stdin or a terminal does not, so the parent's id is
// checked as well.
const stdin = fstatSync(0)
if (stdin.isFIFO() || stdin.isSocket()) process.stdin.on('end', stop).on('close', stop).resume()
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) stop()
}, 1000).unref()

function isKnown(name: string): name is keyof typeof sandboxes {
  return names.includes(name)
}
