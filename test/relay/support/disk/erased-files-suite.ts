import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { restoreBackup } from '../../../../src/relay/database/backup/restore-backup.ts'
import { decrypt } from '../../../../src/relay/database/encryption/sealed.ts'
import { openDatabase } from '../../../../src/relay/database/open-database.ts'
import { createRelay } from '../../../../src/relay/create-relay.ts'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { createPlaceTablesFor } from '../../../../src/relay/places/generations/tables.ts'
import type { DatabasePlace } from '../backup-suite.ts'
import { createFakeLenders } from '../fake-lenders.ts'
import { adminToken, formEntry, inventLead } from '../invented.ts'
import { postLead, request } from '../relay-fixture.ts'

/** A database, and all bytes of all of its files. */
export interface PlaceWithFiles extends DatabasePlace {
  readFiles(): Promise<Buffer>
}

const dataKey = randomBytes(32)
const env = { ANKETA_ADMIN_TOKEN: adminToken, DATA_KEY: dataKey.toString('base64') }

/** What the person has entered: none of it may be readable anywhere. */
const person = { lastName: 'Исчезаева', phone: '+79000000066', email: 'gone@example.ru' }
const marks = [person.lastName, person.phone, person.phone.slice(2), person.email]

/** Tests what files and backups hold of a person before and after the erasure. */
export function describeErasedFiles(engine: string, createPlace: () => Promise<PlaceWithFiles>): void {
  describe(`files and backups on ${engine}`, () => {
    let root: string
    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), 'anketa-erasure-'))
    })
    afterAll(() => rm(root, { recursive: true, force: true }))
    const relays = new Set<Relay>()
    afterAll(() => Promise.all([...relays].map((relay) => relay.close({ graceMs: 100 }))))
    const lenders = createFakeLenders()

    async function start({ address }: DatabasePlace, keys: object): Promise<Relay> {
      const form = { ...formEntry(), destinations: [{ provider: 'lender', name: 'first' }] }
      const relay = await createRelay(
        { database: address, adminToken: { env: 'ANKETA_ADMIN_TOKEN' }, forms: { main: form }, ...keys },
        { env, providers: lenders.providers, fetch: lenders.fetch },
      )
      relays.add(relay)
      return relay
    }

    const admin = (path: string, relay: Relay, body?: object) =>
      relay.fetch(
        new Request(`https://relay.example.ru/admin/${path}`, {
          ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
          headers: { authorization: `Bearer ${adminToken}` },
        }),
      )
    const exportPerson = async (relay: Relay) =>
      (await admin('export', relay, { phone: person.phone })).text()

    async function download(relay: Relay, path: string, name: string): Promise<string> {
      const file = join(root, name)
      await writeFile(file, new Uint8Array(await (await admin(path, relay)).arrayBuffer()))
      return file
    }

    async function restore(file: string, keysFile?: string): Promise<DatabasePlace> {
      const place = await createPlace()
      const database = await openDatabase(place.config, { now: Date.now() })
      try {
        await restoreBackup(file, { database, createTables: createPlaceTablesFor, keysFile })
      } finally {
        await database.close()
      }
      return place
    }

    const unpack = async (file: string) => gunzipSync(await readFile(file))

    async function fill(relay: Relay) {
      lenders.answer('first/create', { outcome: 'declined', reason: `${person.lastName} ${person.phone}` })
      const lead = inventLead()
      const lost = { ...lead, values: { ...lead.values, ...person } }
      await postLead(relay, lost)
      await postLead(relay, { ...lost, values: { ...lost.values, firstName: 'Анна' } })
      lenders.answer('first/create', { outcome: 'accepted' })
      const other = inventLead()
      await postLead(relay, other)
      return { lost, other }
    }

    it(
      'with keys: nothing is readable, and afterwards nothing can be decrypted',
      { timeout: 180_000 },
      async () => {
        const place = await createPlace()
        const keys = { dataKeys: [{ env: 'DATA_KEY' }] }
        const relay = await start(place, keys)
        const { lost, other } = await fill(relay)
        const older = await download(relay, 'backup', 'older.gz')
        const olderKeys = await download(relay, 'backup/keys', 'older-keys.gz')
        await relay.close()
        const before = await place.readFiles()
        const olderContent = await unpack(older)
        expect(countMarks(before)).toBe(0)
        expect(countMarks(olderContent)).toBe(0)
        // The files and the configured key decrypt the lead, and so do the backup and its keys.
        expect(decryptLead(lost.id, before, before)).toContain(person.lastName)
        expect(decryptLead(lost.id, olderContent, await unpack(olderKeys))).toContain(person.lastName)
        // The backup alone does not.
        expect(decryptLead(lost.id, olderContent, olderContent)).toBe('')
        const restored = await start(await restore(older, olderKeys), keys)
        expect(await exportPerson(restored)).toContain(person.lastName)
        // A server keeps all of its databases in one folder: the copy goes, too.
        await admin('erase', restored, { phone: person.phone })
        await restored.close()

        const again = await start(place, keys)
        expect(await (await admin('erase', again, { email: person.email })).json()).toEqual({ erased: 1 })
        const newer = await download(again, 'backup', 'newer.gz')
        const newerKeys = await download(again, 'backup/keys', 'newer-keys.gz')
        const running = await place.readFiles()
        await again.close()
        const after = await place.readFiles()
        const rest = Buffer.concat([running, after, await unpack(newer), await unpack(newerKeys)])
        expect(countMarks(rest)).toBe(0)
        expect(rest.includes(lost.values.lastName)).toBe(false)
        expect(decryptLead(lost.id, Buffer.concat([rest, olderContent]), rest)).toBe('')
        // The others are as they were.
        expect(decryptLead(other.id, after, after)).toContain(other.values.lastName)

        // The older backup is restored without the erased lead, which does not come back.
        const later = await start(await restore(older, newerKeys), keys)
        expect(await exportPerson(later)).not.toContain(person.lastName)
        expect((await postLead(later, lost)).status).toBe(410)
        expect((await postLead(later, other)).status).toBe(200)
        await expect(restore(older)).rejects.toThrow('their keys are missing')
        await expect(restore(newer, olderKeys)).rejects.toThrow('is older than the backup')
      },
    )

    it(
      'without keys: the person is gone from every row and from a new backup',
      { timeout: 120_000 },
      async () => {
        const place = await createPlace()
        const relay = await start(place, {})
        const { lost, other } = await fill(relay)
        const older = await download(relay, 'backup', 'plain-older.gz')
        expect(countMarks(await unpack(older))).toBe(marks.length)
        await admin('erase', relay, { phone: person.phone })
        const newer = await download(relay, 'backup', 'plain-newer.gz')
        expect(countMarks(await unpack(newer))).toBe(0)
        expect(await exportPerson(relay)).not.toContain(person.lastName)
        const restored = await start(await restore(newer), {})
        expect((await postLead(restored, lost)).status).toBe(410)
        expect((await postLead(restored, other)).status).toBe(200)
        expect((await request(restored, '/healthz')).status).toBe(200)
      },
    )
  })
}

function countMarks(bytes: Buffer): number {
  return marks.filter((mark) => bytes.includes(mark)).length
}

/**
 * Tries to decrypt everything of a lead in `content`, with every key of the lead that is anywhere in `source` and that
 * the configured key unwraps.
 */
function decryptLead(lead: string, content: Buffer, source: Buffer): string {
  const keys = findTexts(source, 80)
    .map((text) => tryDecrypt(dataKey, text, lead))
    .filter((key) => key?.length === 32)
  const sealed = content.toString('latin1').matchAll(new RegExp(`1:${lead}:([A-Za-z0-9+/]+={0,2})`, 'g'))
  const texts = [...sealed].flatMap(([, text = '']) => keys.map((key) => key && tryDecrypt(key, text, lead)))
  return texts.map((text) => text?.toString('utf8') ?? '').join('\n')
}

/** All texts in base64 of this length, at any place. */
function findTexts(source: Buffer, length: number): readonly string[] {
  const runs = new Set(source.toString('latin1').match(new RegExp(`[A-Za-z0-9+/]{${length},}`, 'g')))
  // What is encrypted is longer than a key, with whatever precedes a key in a file.
  return [...runs].flatMap((run) =>
    Array.from({ length: Math.min(run.length - length, 8) + 1 }, (_, start) =>
      run.slice(start, start + length),
    ),
  )
}

function tryDecrypt(key: Uint8Array, text: string, lead: string): Buffer | undefined {
  try {
    return decrypt(key, text, lead)
  } catch {
    return undefined
  }
}

/** All bytes of all files of a folder. */
export async function readAllFiles(folder: string): Promise<Buffer> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const contents = files
    .filter((file) => file.isFile())
    // A server may have removed one meanwhile.
    .map(({ parentPath, name }) => readFile(join(parentPath, name)).catch(() => Buffer.alloc(0)))
  return Buffer.concat(await Promise.all(contents))
}
