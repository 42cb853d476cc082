import { readFileSync } from 'node:fs'
import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPglite } from '../../../src/relay/database/pglite.ts'
import { inventLead } from '../support/invented.ts'
import { readDatabase } from '../support/read-database.ts'
import { createRelayFixture, postLead } from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
  await fixture.usedFolder()
}, 120_000)
afterAll(() => fixture.end())

const open = (folder: string) => openPglite(folder, { now: 0 })

it.each(['PG_VERSION', 'global/pg_control', 'pg_wal', 'base'])(
  'refuses a database without %s, names its folder, and leaves it as it is',
  async (missing) => {
    const folder = await fixture.usedFolder()
    await rm(join(folder, 'pg', missing), { recursive: true })
    const before = await readdir(join(folder, 'pg'))
    await expect(open(folder)).rejects.toThrow(`${join(folder, 'pg')} is incomplete: ${missing}`)
    await expect(open(folder)).rejects.toThrow('from a backup')
    expect(await readdir(join(folder, 'pg'))).toEqual(before)
  },
)

it('keeps the leads of a database that was refused, once it is whole again', async () => {
  const folder = await fixture.usedFolder()
  const relay = await fixture.start(folder)
  const lead = inventLead()
  await postLead(relay, lead)
  await relay.close()
  await rm(join(folder, 'pg/PG_VERSION'))
  await expect(open(folder)).rejects.toThrow('PG_VERSION')
  await writeFile(join(folder, 'pg/PG_VERSION'), '18\n')
  expect(await readDatabase(folder, 'select id from anketa.leads')).toEqual([{ id: lead.id }])
})

it('refuses a database of another version of PostgreSQL', async () => {
  const folder = await fixture.usedFolder()
  await writeFile(join(folder, 'pg/PG_VERSION'), '15\n')
  await expect(open(folder)).rejects.toThrow(`${join(folder, 'pg')} was made by PostgreSQL 15`)
})

it('refuses a database that does not start, and says what to do', async () => {
  const folder = await fixture.usedFolder()
  await writeFile(join(folder, 'pg/global/pg_control'), 'damaged')
  await expect(open(folder)).rejects.toThrow(`${join(folder, 'pg')} does not start`)
})

it('refuses a folder of other files, and does not change its mode', async () => {
  const folder = fixture.emptyFolder()
  await mkdir(folder, { mode: 0o755 })
  await writeFile(join(folder, 'report.txt'), '')
  await expect(open(folder)).rejects.toThrow(
    `${folder} holds no database of a relay, but other files (report.txt)`,
  )
  expect(await readdir(folder)).toEqual(['report.txt'])
})

it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'names a folder that cannot be written',
  async () => {
    const folder = await fixture.usedFolder()
    await chmod(folder, 0o500)
    await expect(open(folder)).rejects.toThrow(`${folder} cannot be written`)
    await chmod(folder, 0o700)
  },
)

it.skipIf(process.platform === 'win32')(
  'lets no other user read its files, whatever the umask of the process is',
  { timeout: 60_000 },
  async () => {
    const folder = fixture.emptyFolder()
    const umask = process.platform === 'linux' ? readUmask() : 0
    expect(umask & 0o077).not.toBe(0o077)
    const database = await open(folder)
    await database.query('create table t (a text)')
    await database.close()
    const paths = ['', ...(await readdir(folder, { recursive: true }))]
    const modes = await Promise.all(
      paths.map(async (path) => ({ path, mode: (await stat(join(folder, path))).mode & 0o077 })),
    )
    expect(modes.length).toBeGreaterThan(900)
    expect(modes.filter(({ mode }) => mode !== 0)).toEqual([])
  },
)

/** The umask of this process, which a thread may not change to read it. */
function readUmask(): number {
  const [, umask = '0'] = /^Umask:\s+(\d+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return Number.parseInt(umask, 8)
}
