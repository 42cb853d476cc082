import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { runCommand } from '../../../src/relay/cli/run.ts'
import { createRelay } from '../../../src/relay/create-relay.ts'
import { formatLeadNumber } from '../../../src/lead/lead-number.ts'
import { serveRelay } from '../../../src/relay/assembly/serve.ts'
import { copyDatabaseTemplate } from '../../support/database-template.ts'
import { adminToken, env, formEntry, inventLead } from '../support/invented.ts'
import { postLead, requestHealth } from '../support/relay-fixture.ts'

const secrets = { ...env, ANKETA_ADMIN_TOKEN: adminToken }

let root: string
beforeAll(async () => {
  for (const [name, value] of Object.entries(secrets)) vi.stubEnv(name, value)
  root = await mkdtemp(join(tmpdir(), 'anketa-messages-command-'))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(root, { recursive: true, force: true })
})

/** Runs the command in this process; returns its exit code and what it wrote. */
async function run(...args: readonly string[]) {
  const written = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text)
      return true
    }),
  )
  const command = ['messages', ...args, '--config', join(root, 'anketa.relay.json')]
  const code = await runCommand(command, {
    widgetUrl: new URL('file:///none'),
    fetch,
    stopSignal: new AbortController().signal,
  }).finally(() => spies.forEach((spy) => spy.mockRestore()))
  return { code, ...written }
}

it(
  'messages are sent again through the running relay, and listed while it does not run',
  { timeout: 120_000 },
  async () => {
    const config = {
      port: 0,
      host: '127.0.0.1',
      adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
      forms: { main: formEntry() },
      postbacks: [{ on: ['new'], name: 'tracker', url: 'https://tracker.example/p?l={lead}' }],
    }
    await writeFile(join(root, 'anketa.relay.json'), JSON.stringify(config))
    const folder = join(root, 'data')
    await copyDatabaseTemplate(folder)
    let calls = 0
    const relay = await createRelay(
      { ...config, database: `pglite:${folder}` },
      {
        env: secrets,
        fetch: async (url) => {
          calls += url.includes('tracker') ? 1 : 0
          return new Response('', { status: 404 })
        },
      },
    )
    const server = await serveRelay(relay)
    const lead = inventLead()
    await postLead(relay, lead)
    await expect.poll(async () => (await requestHealth(relay)).text).toContain('"failed":1')
    expect(await run('retry', '--all', '--receiver', 'tracker')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expected exactly one of --receiver NAME, --id ID and --all'),
    })
    expect(await run('retry', '--all')).toMatchObject({
      code: 0,
      stdout: 'Queued to be sent again: 1 message.\n',
    })
    await expect.poll(() => calls).toBe(2)
    await expect.poll(async () => (await requestHealth(relay)).text).toContain('"failed":1')
    await server.close()

    const listed = await run('list')
    expect(listed.code).toBe(0)
    expect(listed.stdout.trim().split('\t').slice(2)).toEqual([
      'tracker',
      formatLeadNumber(lead.id),
      'new',
      'failed',
      'status 404',
    ])
  },
)
