import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyDatabaseTemplate } from '../../support/database-template.ts'
import { env, formEntry, inventLead, wideLimits } from '../support/invented.ts'
import { type RelayProcess, spawnRelay } from '../support/process/relay-process.ts'

const timeout = 120_000
let folder: string
let relay: RelayProcess
let address: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anketa-reload-'))
  await copyDatabaseTemplate(join(folder, 'data'))
  relay = await spawnRelay(folder)
  address = await relay.address()
}, timeout)
afterAll(async () => {
  relay.child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

const form = { ...formEntry(), answerWithinSeconds: 0 }

const configure = (text: string) => writeFile(join(folder, 'anketa.relay.json'), text)
const write = (config: object) =>
  configure(JSON.stringify({ port: 0, host: '127.0.0.1', limits: wideLimits, ...config }))

async function run(command: string) {
  const args = ['src/relay/cli/bin.ts', command, '--config', join(folder, 'anketa.relay.json')]
  return promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const connections = new Set<number | undefined>()

/** Sends a request over the one connection that stays open. */
async function send(path: string, body?: object): Promise<{ status: number | undefined; body: unknown }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number | undefined; body: unknown }>()
  const method = body ? 'POST' : 'GET'
  const headers = { 'content-type': 'application/json' }
  const outgoing = request(`${address}${path}`, { agent, method, headers }, (incoming) => {
    connections.add(incoming.socket.localPort)
    json(incoming).then((answer) => resolve({ status: incoming.statusCode, body: answer }), reject)
  })
  outgoing.on('error', reject)
  outgoing.end(body && JSON.stringify(body))
  return promise
}

it(
  'SIGHUP and the command have the configuration read again over open connections',
  { timeout },
  async () => {
    // Every second a post, so that the connection is never idle for long.
    const statuses: unknown[] = []
    const posting = setInterval(() => {
      send('/forms/main/leads', inventLead()).then(
        ({ status }) => statuses.push(status),
        (error: unknown) => statuses.push(error),
      )
    }, 1000)

    await write({ forms: { main: { ...form, title: 'Другая заявка' }, other: form } })
    relay.child.kill('SIGHUP')
    expect(await relay.logged('The configuration was read again')).toContain(
      'changed="forms.main, forms.other"',
    )
    expect((await send('/forms/main')).body).toMatchObject({ title: 'Другая заявка' })

    // A refusal has the words of `check`.
    await write({ forms: { main: { ...form, consents: [] } } })
    const checked = await run('check')
    const lines = checked.stdout.split('\n').slice(0, 2)
    expect({ code: checked.code, lines }).toEqual({
      code: 1,
      lines: ['main: refused', expect.stringContaining('expected the consent "processing"')],
    })
    relay.child.kill('SIGHUP')
    const refusal = await relay.logged('A new configuration is refused')
    for (const line of lines) expect(refusal).toContain(JSON.stringify(line.trim()).slice(1, -1))
    const refused = await run('reload')
    expect(refused.code).toBe(1)
    for (const line of lines) expect(refused.stderr).toContain(line.trim())
    expect((await send('/forms/main')).body).toMatchObject({ title: 'Другая заявка' })
    expect((await send('/healthz')).body).toMatchObject({ status: 'degraded' })

    // So has one of a text that is not JSON, without a quotation of it.
    await configure('{ "adminToken": secret-by-mistake }')
    const { stderr } = await run('check')
    expect(stderr).toContain('is not JSON: ')
    expect(stderr).not.toContain('by-mistake')
    relay.child.kill('SIGHUP')
    expect(await relay.logged('is not JSON')).toContain(JSON.stringify(stderr.trim()).slice(1, -1))

    await write({ forms: { main: { ...form, title: 'Ещё одна заявка' } } })
    expect(await run('reload')).toEqual({
      code: 0,
      stdout: 'Reloaded; changed: forms.main, forms.other\n',
      stderr: '',
    })
    expect((await send('/forms/main')).body).toMatchObject({ title: 'Ещё одна заявка' })
    expect((await send('/forms/other')).status).toBe(404)

    clearInterval(posting)
    expect((await send('/forms/main/leads', inventLead())).status).toBe(202)
    expect(statuses.filter((status) => status !== 202)).toEqual([])
    expect(connections.size).toBe(1)
    relay.child.kill('SIGTERM')
    expect(await relay.exited).toEqual({ code: 0, signal: null })
  },
)
