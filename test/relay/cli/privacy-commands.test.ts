import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRelay } from '../../../src/relay/create-relay.ts'
import { copyDatabaseTemplate } from '../../support/database-template.ts'
import { env, formEntry, inventLead } from '../support/invented.ts'
import { postLead } from '../support/relay-fixture.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-privacy-command-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const secrets = { ...env, DATA_KEY: randomBytes(32).toString('base64') }

/** Runs the command; returns its exit code and what it wrote. */
async function run(...args: readonly string[]) {
  const options = { env: { ...process.env, ...secrets } }
  return promisify(execFile)(process.execPath, ['src/relay/cli/bin.ts', ...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )
}

async function writeConfig(name: string): Promise<string> {
  await mkdir(join(root, name), { recursive: true })
  const file = join(root, name, 'anketa.relay.json')
  await writeFile(file, JSON.stringify({ forms: { main: formEntry() }, dataKeys: [{ env: 'DATA_KEY' }] }))
  return file
}

it('prints another key each time, of 32 bytes', { timeout: 60_000 }, async () => {
  const [one, two] = await Promise.all([run('key'), run('key')])
  expect(Buffer.from(one.stdout.trim(), 'base64')).toHaveLength(32)
  expect(one.stdout).not.toBe(two.stdout)
})

it('exports and erases a person, and restores a backup without them', { timeout: 300_000 }, async () => {
  const config = await writeConfig('source')
  const folder = join(root, 'source/data')
  await copyDatabaseTemplate(folder)
  const relay = await createRelay(
    { database: `pglite:${folder}`, forms: { main: formEntry() }, dataKeys: [{ env: 'DATA_KEY' }] },
    { env: secrets, fetch: () => Promise.resolve(new Response('', { status: 503 })) },
  )
  const lead = inventLead()
  const phone = '+79000000055'
  await postLead(relay, { ...lead, values: { ...lead.values, lastName: 'Командина', phone } })
  await postLead(relay, inventLead())
  await relay.close({ graceMs: 100 })

  const backup = join(root, 'backup.gz')
  const made = await run('backup', '--config', config, backup)
  expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('holds the keys of the leads') })
  const [keysFile = ''] = (await readdir(root)).filter((name) => name.startsWith('anketa-lead-keys-'))
  const exported = join(root, 'person.json')
  expect(await run('leads', 'export', '--config', config, '--phone', phone, exported)).toMatchObject({
    code: 0,
  })
  expect(JSON.parse(await readFile(exported, 'utf8'))).toMatchObject({
    leads: [{ id: lead.id, revisions: [{ values: { lastName: 'Командина' } }] }],
  })
  const receipts = join(root, 'person.pdf')
  expect(
    await run('leads', 'export', '--config', config, '--phone', phone, '--as', 'pdf', receipts),
  ).toMatchObject({ code: 0, stdout: expect.stringContaining('holds the receipts') })
  expect((await readFile(receipts)).toString('latin1', 0, 5)).toBe('%PDF-')
  const erased = await run('leads', 'erase', '--config', config, '--phone', '8 900 000-00-55')
  expect(erased).toMatchObject({ code: 0, stdout: expect.stringContaining('Erased: 1 lead.') })
  expect(await run('leads', 'erase', '--config', config, '--id', lead.id)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('nothing was erased'),
  })

  // The next backup replaces the keys.
  const before = await readFile(join(root, keysFile))
  expect(await run('backup', '--config', config, join(root, 'next.gz'))).toMatchObject({ code: 0 })
  expect((await readFile(join(root, keysFile))).equals(before)).toBe(false)
  const target = await writeConfig('target')
  expect(await run('restore', '--config', target, backup)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('are restored'),
  })
  const again = join(root, 'again.json')
  expect(await run('leads', 'export', '--config', target, '--phone', phone, again)).toMatchObject({ code: 0 })
  expect(JSON.parse(await readFile(again, 'utf8'))).toMatchObject({
    leads: [],
    consentReceipts: [{ form: 'main' }],
  })
})

it.each([
  [['leads', 'erase'], 'expected exactly one of --phone NUMBER, --email ADDRESS and --id ID'],
  [['leads', 'erase', '--phone', '1', '--email', 'a@example.ru'], 'expected exactly one of'],
  [['leads', 'export', '--phone', '+79000000001', '--as', 'html', 'x.html'], '--as is either json or pdf'],
  [['leads', 'erase', '--id', 'x'], '--id is not the id of a lead'],
])('refuses %j', { timeout: 60_000 }, async (args, message) => {
  const config = await writeConfig('refused')
  expect(await run(...args, '--config', config)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(message),
  })
})
