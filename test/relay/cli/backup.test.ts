import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeToFile } from '../../../src/relay/cli/running/write-to-file.ts'
import { openPglite } from '../../../src/relay/database/pglite.ts'
import { copyDatabaseTemplate } from '../../support/database-template.ts'
import { env, formEntry, inventLead } from '../support/invented.ts'
import { readDatabase } from '../support/read-database.ts'
import { postByHttp, spawnRelay } from '../support/process/relay-process.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-backup-command-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

/** Runs the command; returns its exit code and what it wrote. */
async function run(...args: readonly string[]) {
  const options = { env: { ...process.env, ...env } }
  return promisify(execFile)(process.execPath, ['src/relay/cli/bin.ts', ...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )
}

/** Writes a configuration; returns its path. Its database is in `data` beside it. */
async function writeConfig(name: string): Promise<string> {
  await mkdir(join(root, name), { recursive: true })
  const file = join(root, name, 'anketa.relay.json')
  await writeFile(file, JSON.stringify({ forms: { main: formEntry() } }))
  return file
}

const leadsOf = (name: string) =>
  readDatabase(join(root, name, 'data'), 'select id, number::int from anketa.leads order by number')

it(
  'backs up a running relay without an admin token, then a stopped one, and restores both',
  { timeout: 300_000 },
  async () => {
    await copyDatabaseTemplate(join(root, 'source/data'))
    const relay = await spawnRelay(join(root, 'source'))
    const address = await relay.address()
    const ids: string[] = []
    for (let posted = 0; posted < 5; posted += 1) {
      const lead = inventLead()
      expect((await postByHttp(address, lead))?.status).toBe(202)
      ids.push(lead.id)
    }
    const config = join(root, 'source/anketa.relay.json')
    const running = join(root, 'running.gz')
    expect(await run('backup', '--config', config, running)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${running} holds 5 leads (`),
    })
    expect((await stat(running)).mode & 0o077).toBe(0)
    expect(await run('backup', '--config', config, running)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('exists already'),
    })
    expect((await fetch(`${address}/admin/backup`)).status).toBe(404)
    const headers = { authorization: 'Bearer invented-key' }
    expect((await fetch(`${address}/admin/backup`, { headers })).status).toBe(404)

    const target = await writeConfig('target')
    const inUse = await run('restore', '--config', config, running)
    expect(inUse).toMatchObject({ code: 1, stderr: expect.stringContaining('is in use by') })
    relay.child.kill('SIGTERM')
    await relay.exited
    const stopped = join(root, 'stopped.gz')
    expect(await run('backup', '--config', config, stopped)).toMatchObject({ code: 0 })

    expect(await run('restore', '--config', target, running)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Done: 5 leads .* 5 deliveries waited then, and are sent/m),
    })
    expect(await leadsOf('target')).toEqual(ids.map((id, index) => ({ id, number: index + 1 })))
    expect(await run('restore', '--config', target, stopped)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not empty'),
    })
    expect((await readdir(root)).filter((name) => name.endsWith('.part'))).toEqual([])
  },
)

it('restores thousands of leads under its watchdog', { timeout: 300_000 }, async () => {
  const leads = 3000
  const config = await writeConfig('large')
  const data = join(root, 'large/data')
  await copyDatabaseTemplate(data)
  const database = await openPglite(data, { now: Date.now() })
  await database.query(
    `insert into anketa.leads (id, form, key_hash, revision, status, received_at)
     select gen_random_uuid(), 'main', repeat('a', 64), 1, 'queued', now() from generate_series(1, ${leads})`,
  )
  await database.query(
    `insert into anketa.revisions (lead, revision, "values", consents, attribution, page, widget, received_at)
     select id, 1, jsonb_build_object('text', repeat('я', 1000)), '[]', '{}', '{}', '1', now() from anketa.leads`,
  )
  await database.query(
    `insert into anketa.deliveries (lead, destination, revision, status, attempts, queued_at, job)
     select id, 'first', 1, 'waiting', 0, now(), gen_random_uuid() from anketa.leads`,
  )
  await database.close()
  const file = join(root, 'large.gz')
  expect(await run('backup', '--config', config, file)).toMatchObject({ code: 0 })
  const target = await writeConfig('large-target')
  expect(await run('restore', '--config', target, file)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`${leads} deliveries waited then`),
    stderr: '',
  })
  const jobs = `select count(*)::int from anketa.deliveries d join pgboss.job j on j.id = d.job where j.state = 'created'`
  expect(await readDatabase(join(root, 'large-target/data'), jobs)).toEqual([{ count: leads }])
})

it('refuses a missing file, and a disk without the space', { timeout: 60_000 }, async () => {
  const config = await writeConfig('refused')
  const missing = join(root, 'missing.gz')
  expect(await run('restore', '--config', config, missing)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(missing),
  })
  expect(await readdir(join(root, 'refused'))).toEqual(['anketa.relay.json'])
})

it.each([
  ['a folder that is missing', 'missing/backup.gz', 'its folder does not exist'],
  ['a file in place of a folder', 'refused/anketa.relay.json/backup.gz', 'a part of its path is a file'],
  ['a name that is too long', `${'a'.repeat(300)}.gz`, 'its name is too long'],
  ['a place that nobody may write to', '/proc/backup.gz', 'cannot be written: '],
])(
  'a backup names what is wrong with its file, before it begins: %s',
  { timeout: 60_000 },
  async (_, name, problem) => {
    const config = await writeConfig('refused')
    const file = resolve(root, name)
    const { code, stdout, stderr } = await run('backup', '--config', config, file)
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(problem),
    })
    expect(stderr).toMatch(/^[^\n]+ cannot be written: [^\n]+\. Nothing was written\.\n$/)
    expect(existsSync(join(root, 'refused/data'))).toBe(false)
  },
)

it.each([
  ['ENOSPC', 'the disk is full'],
  ['EACCES', 'this user may not write there'],
  ['EROFS', 'the disk can only be read'],
])('a file that fails while it is written is named with the cause: %s', async (code, problem) => {
  const fail = () => Promise.reject(Object.assign(new Error('failed'), { code }))
  await expect(writeToFile('backup.gz', fail)).rejects.toThrow(`backup.gz cannot be written: ${problem}`)
  const other = new Error('The connection has ended.')
  await expect(writeToFile('backup.gz', () => Promise.reject(other))).rejects.toBe(other)
})
