import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { runCommand } from '../../../src/relay/cli/run.ts'
import { createRelay } from '../../../src/relay/create-relay.ts'
import { formatLeadNumber } from '../../../src/lead/lead-number.ts'
import { serveRelay } from '../../../src/relay/assembly/serve.ts'
import { copyDatabaseTemplate } from '../../support/database-template.ts'
import { adminToken, env, formEntry, inventLead } from '../support/invented.ts'
import { postLead, requestOutcome } from '../support/relay-fixture.ts'

const secrets = { ...env, ANKETA_ADMIN_TOKEN: adminToken, LOTINFO_TOKEN: 'invented-token-of-lotinfo' }
const config = {
  port: 0,
  host: '127.0.0.1',
  adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
  forms: {
    main: {
      ...formEntry(),
      answerWithinSeconds: 1,
      destinations: [
        {
          provider: 'lotinfo',
          id: 'lotinfo',
          token: { env: 'LOTINFO_TOKEN' },
          userId: 7,
          regionId: 1,
          cityId: 2,
          baseUrl: 'http://127.0.0.1:9',
        },
      ],
    },
  },
}

let root: string
let folder: string
beforeAll(async () => {
  for (const [name, value] of Object.entries(secrets)) vi.stubEnv(name, value)
  root = await mkdtemp(join(tmpdir(), 'anketa-leads-command-'))
  folder = join(root, 'data')
  await writeFile(join(root, 'anketa.relay.json'), JSON.stringify(config))
  await copyDatabaseTemplate(folder)
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
  const code = await runCommand(['leads', ...args, '--config', join(root, 'anketa.relay.json')], {
    widgetUrl: new URL('file:///none'),
    fetch,
    stopSignal: new AbortController().signal,
  }).finally(() => spies.forEach((spy) => spy.mockRestore()))
  return { code, ...written }
}

const startRelay = (fetchOfRelay: typeof fetch) =>
  createRelay({ ...config, database: `pglite:${folder}` }, { env: secrets, fetch: fetchOfRelay })

it(
  'work through the running relay, and on its database while it does not run',
  { timeout: 120_000 },
  async () => {
    let calls = 0
    const relay = await startRelay(async () => {
      calls += 1
      // It may have arrived, and a call to this lender is never repeated.
      return new Response('', { status: 502 })
    })
    const server = await serveRelay(relay)
    const lead = inventLead()
    await postLead(relay, lead)
    await postLead(relay, inventLead())
    await expect
      .poll(async () => (await run('list', '--status', 'uncertain')).stdout.split('\n'))
      .toHaveLength(3)

    const found = await run('list', '--number', formatLeadNumber(lead.id))
    expect(found.stdout.split('\t')).toEqual([
      formatLeadNumber(lead.id),
      expect.stringContaining('T'),
      'main',
      'uncertain',
      'uncertain',
      'lotinfo',
      expect.stringContaining('***'),
      `${lead.id}\n`,
    ])
    expect((await run('list', '--limit', '1')).stdout.trim().split('\n')).toHaveLength(1)
    expect(await run('list', '--status', 'lost')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/status/),
    })

    const phone = String(lead.values['phone'])
    const shown = await run('show', '--id', lead.id)
    expect(JSON.parse(shown.stdout)).toMatchObject({ id: lead.id, deliveries: [{ canResolve: true }] })
    expect(shown.stdout).not.toContain(phone)
    expect((await run('show', '--id', lead.id, '--reveal')).stdout).toContain(phone)

    expect(await run('retry', '--id', lead.id)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nothing was sent'),
    })
    expect(await run('resolve', '--id', lead.id, '--destination', 'lotinfo')).toMatchObject({ code: 2 })
    await server.close()
    const callsBefore = calls

    // Nobody else has the database now.
    const listed = await run('list', '--phone', phone)
    expect(listed.stdout).toContain(lead.id)
    expect(await run('retry', '--id', lead.id)).toMatchObject({ code: 1 })
    expect(await run('resolve', '--id', lead.id, '--destination', 'lotinfo', '--not-arrived')).toMatchObject({
      code: 0,
    })
    expect(await run('retry', '--id', lead.id)).toMatchObject({
      code: 0,
      stdout: 'Queued to be sent again: lotinfo.\n',
    })
    expect(await run('retry', '--id', inventLead().id)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no lead of this id'),
    })
    const csv = join(root, 'leads.csv')
    expect(await run('export', csv)).toMatchObject({ code: 0 })
    expect(await readFile(csv, 'utf8')).toContain(phone.slice(1))

    // The relay sends what was queued, once.
    const next = await startRelay(async () => {
      calls += 1
      return Response.json({ result: 'success', lead_id: 1 })
    })
    await expect.poll(() => calls, { timeout: 20_000 }).toBe(callsBefore + 1)
    expect((await requestOutcome(next, lead)).status).toBe(200)
    await next.close({ graceMs: 1000 })
    expect((await run('show', '--id', lead.id)).stdout).toContain('"user": "local"')
  },
)
