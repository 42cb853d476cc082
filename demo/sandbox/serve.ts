import { fstatSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { createDevtekSandbox } from './devtek/sandbox.ts'

// Runs the sandbox as a process of its own: node demo/sandbox/serve.ts [--port 0] [--id-webmaster 123] [--token …]
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'id-webmaster': { type: 'string', default: '123' },
    token: { type: 'string', default: 'sandbox-token-sandbox-token-0000' },
  },
})

const sandbox = createDevtekSandbox({
  idWebmaster: Number(values['id-webmaster']),
  token: values.token,
  now: () => new Date(),
})

serve({ fetch: sandbox.app.fetch, hostname: '127.0.0.1', port: Number(values.port) }, ({ port }) => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`)
})

const stop = () => process.exit(0)
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

// A parent's pipe closes when the parent dies; an ignored stdin or a terminal says nothing, so the parent itself is watched, too.
const stdin = fstatSync(0)
if (stdin.isFIFO() || stdin.isSocket()) process.stdin.on('end', stop).on('close', stop).resume()
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) stop()
}, 1000).unref()
