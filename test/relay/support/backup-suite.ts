import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { createGzip, gunzipSync, gzipSync } from 'node:zlib'
import { systemClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { restoreBackup } from '../../../src/relay/database/backup/restore-backup.ts'
import { leftOut } from '../../../src/relay/database/backup/tables.ts'
import { writeBackup } from '../../../src/relay/database/backup/write-backup.ts'
import type { Database } from '../../../src/relay/database/database.ts'
import { type DatabaseConfig, openDatabase } from '../../../src/relay/database/open-database.ts'
import { createEncryption } from '../../../src/relay/database/encryption/encryption.ts'
import { createRelay } from '../../../src/relay/create-relay.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { openJobQueue } from '../../../src/relay/leads/job-queue.ts'
import { type RequeueOptions, requeueRestored } from '../../../src/relay/leads/recovery/requeue-restored.ts'
import { createPlaceTablesFor } from '../../../src/relay/places/generations/tables.ts'
import { createFakeLenders } from './fake-lenders.ts'
import { adminEnv, importDepartments, importPlaces, smallDirectory } from './fake-place-lists.ts'
import { formEntry, inventLead, wideLimits } from './invented.ts'
import { postLead } from './relay-fixture.ts'

const noKeys = () => ({ dataKeys: [] })

/** A place for a database: its address in a configuration, and the same as the configuration's parser returns it. */
export interface DatabasePlace {
  readonly address: string
  readonly config: DatabaseConfig
}

/** Tests backups of an engine. `createPlace` returns a place where there is no database yet. */
export function describeBackups(engine: string, createPlace: () => Promise<DatabasePlace>): void {
  describe(`backups on ${engine}`, () => {
    let root: string
    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), 'anketa-backup-'))
    })
    afterAll(() => rm(root, { recursive: true, force: true }))

    const lenders = createFakeLenders()
    const relays = new Set<Relay>()
    afterAll(() => Promise.all([...relays].map((relay) => relay.close({ graceMs: 100 }))))

    async function startRelay({ address }: DatabasePlace): Promise<Relay> {
      const form = {
        ...formEntry(),
        answerWithinSeconds: 2,
        // Rules of routing have tables of their own.
        duplicateDays: 1,
        destinations: ['first', 'second'].map((name) => ({ provider: 'lender', name, capPerDay: 1000 })),
      }
      const relay = await createRelay(
        {
          database: address,
          adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
          limits: wideLimits,
          postbacks: [{ on: ['new'], name: 'tracker', url: 'https://tracker.example/p?lead={lead}' }],
          forms: { main: form },
        },
        {
          env: adminEnv,
          providers: lenders.providers,
          fetch: async (url, init) =>
            url.startsWith('https://tracker.example')
              ? new Response('', { status: 503 })
              : lenders.fetch(url, init),
        },
      )
      relays.add(relay)
      return relay
    }

    async function withDatabase<Result>(
      { config }: DatabasePlace,
      work: (database: Database) => Promise<Result>,
    ): Promise<Result> {
      const database = await openDatabase(config, { now: Date.now() })
      try {
        return await work(database)
      } finally {
        await database.close()
      }
    }

    let files = 0
    async function backUp(database: Database): Promise<string> {
      files += 1
      const file = join(root, `backup-${files}.ndjson.gz`)
      const options = { now: new Date(), relayVersion: '1.2.3', pause: async () => {} }
      await pipeline(writeBackup(database, options), createGzip(), createWriteStream(file))
      return file
    }

    const restoreTo = (database: Database, file: string) =>
      restoreBackup(file, { database, createTables: createPlaceTablesFor })
    /** Restores and queues again; returns how many deliveries wait, and the states of the messages. */
    const restoreAndRequeue = (file: string, place: DatabasePlace, options: Partial<RequeueOptions> = {}) =>
      withDatabase(place, async (database) => {
        await restoreTo(database, file)
        const boss = await openJobQueue(database, systemClock, () => {})
        const waiting = await requeueRestored(database, boss, createEncryption(noKeys, ''), {
          now: new Date(),
          sentSince: false,
          ...options,
        })
        await boss.stop({ graceful: false })
        const messages = await database.query<{ state: string }>('select distinct state from anketa.messages')
        return { waiting, messages }
      })

    /** A place with leads in every state, several revisions, places, and texts that are hard to copy. */
    async function createRichPlace(): Promise<DatabasePlace> {
      const place = await createPlace()
      const relay = await startRelay(place)
      const answers = [
        { outcome: 'accepted', providerId: '1', progress: [{ name: 'Банк', status: 'processing' }] },
        { outcome: 'declined', reason: 'Отказ «по скорингу»\n\\ "…" 💶' },
        { outcome: 'verification', applicationId: '2' },
        { outcome: 'invalid', issues: [{ field: 'phone', message: 'Такого номера нет' }] },
        new Response('', { status: 503 }),
        new Response('', { status: 500 }),
      ]
      for (const answer of answers) {
        lenders.answer('first/create', answer)
        lenders.answer('second/create', answer)
        const lead = inventLead()
        await postLead(relay, lead)
        const revised = { ...lead.values, firstName: 'Пётр' }
        await postLead(relay, { ...lead, values: revised })
      }
      await importPlaces(relay, smallDirectory)
      await importDepartments(relay, { '720-001': ['ОВД "Сказка"', 'УМВД'], '010-009': ['ОВД'] })
      await relay.close({ graceMs: 100 })
      await withDatabase(place, async (database) => {
        await database.query(
          `insert into anketa.campaign_settings (source, campaign, fields, fetched_at)
           select 'https://api.example.ru', 9007199254740993 + n,
             '[{"name":"a\\nb","number":123456789012345678901234567890.5}]', now() from generate_series(1, 1200) n`,
        )
        await database.query(
          `insert into anketa.widget_files (version, name, content) values ('0.0.9', 'form.js', $1)`,
          ['x\n\t\u2028\u0001"\\'.repeat(10_000)],
        )
        await database.query(
          `insert into anketa.place_words_1 (word, place) select 'слово', n from generate_series(1, 7000) n`,
        )
        await database.query(
          `insert into anketa.place_heads_1 (head, places) values ('м', '{3,1,2}'), ('т', '{}')`,
        )
        await database.query(
          `insert into anketa.progress (lead, destination, number, seen_at, progress)
           select id, 'first', 1, now(), '[{"b": 1.50, "a": null}]' from anketa.leads`,
        )
        await database.query(`insert into anketa.erased_leads (id_hash, erased_at) values ('0f', now())`)
        await database.query(
          `insert into anketa.consent_proofs (lead_hash, form, revision, consent, widget, received_at, contacts, batch)
           values ('0f', 'main', 1, '{"id": "processing"}', '1.0.0', now(), '{a,b}', 1)`,
        )
        await database.query(
          `insert into anketa.consent_batches (number, previous, digest, receipts, chained_at)
           values (1, '', '0f', 1, now()) on conflict do nothing`,
        )
        await database.query(
          `insert into anketa.signed_consents (token_hash, lead, revision, token, pdf, expires_at)
           select encode(sha256(convert_to(id::text, 'UTF8')), 'hex'), id, 1, '"t"', '"p"', now() from anketa.leads`,
        )
        await database.query(
          `insert into anketa.event_counts (form, day, event, step, field, code, variant, source, count)
           values ('main', '2026-11-29', 'view', '', '', '', 'b', 'yandex', 3),
             ('main', '2026-11-29', 'step', 'loan', '', '', 'b', 'yandex', 2),
             ('main', '2026-11-29', 'step', 'loan', '', '', 'a', '', 1),
             ('main', '2026-11-29', 'leave', 'loan', 'amount', '', 'a', '', 1)`,
        )
        await database.query(
          `insert into anketa.form_versions (form, number, definition, looks, saved_at, saved_by)
           values ('main', 1, '{"b": "\\n", "a": 1.50}', '{}', now(), 'anna'), ('main', 2, null, null, now(), 'anna')`,
        )
        // A number that was given and whose lead is gone is never given again.
        await database.query(`select nextval(pg_get_serial_sequence('anketa.leads', 'number'))`)
      })
      return place
    }

    let rich: DatabasePlace
    let file: string
    let richRows: Awaited<ReturnType<typeof dumpTables>>
    let nextNumber: unknown
    beforeAll(async () => {
      rich = await createRichPlace()
      await withDatabase(rich, async (database) => {
        file = await backUp(database)
        richRows = await dumpTables(database)
        nextNumber = await takeNextNumber(database)
      })
    }, 120_000)

    const takeNextNumber = (database: Database) =>
      database.query(`select nextval(pg_get_serial_sequence('anketa.leads', 'number'))::int as number`)

    it('restores every row of every table, and goes on with its numbers', { timeout: 60_000 }, async () => {
      const { rows, after, number } = await withDatabase(await createPlace(), async (database) => ({
        ...(await restoreTo(database, file)),
        after: await dumpTables(database),
        number: await takeNextNumber(database),
      }))
      expect(after).toEqual(richRows)
      for (const [table, count] of Object.entries(rows)) expect(after[table]).toHaveLength(count)
      expect(Object.keys(after)).toEqual(expect.arrayContaining(['attempts', 'places_1', 'place_words_1']))
      const empty = Object.keys(after).filter((table) => after[table]?.length === 0)
      expect(empty).toEqual([])
      expect(number).toEqual(nextNumber)
    })

    it('delivers what waited, and finds restored places', { timeout: 60_000 }, async () => {
      const place = await createPlace()
      const { waiting } = await restoreAndRequeue(file, place)
      expect(waiting).toBeGreaterThan(0)
      lenders.answer('first/create', { outcome: 'accepted' })
      const relay = await startRelay(place)
      await expect.poll(async () => (await health(relay)).queue.waiting, { timeout: 20_000 }).toBe(0)
      expect((await health(relay)).places.imported).toBeGreaterThan(0)
      await relay.close()
    })

    it('sends nothing again that was being sent when the backup was made', { timeout: 60_000 }, async () => {
      const place = await createPlace()
      const sending = await createPlace()
      const relay = await startRelay(sending)
      const lead = inventLead()
      const hanging = Promise.withResolvers<Response>()
      lenders.answer('first/create', () => hanging.promise)
      await postLead(relay, lead)
      const copy = await relayBackup(relay)
      hanging.resolve(Response.json({ outcome: 'accepted' }))
      await relay.close()
      lenders.answer('first/create', { outcome: 'accepted' })
      const calls = lenders.calls.length
      await restoreAndRequeue(copy, place)
      const restored = await startRelay(place)
      await expect.poll(async () => (await health(restored)).queue.uncertain, { timeout: 20_000 }).toBe(1)
      expect(lenders.calls.slice(calls)).toEqual([])
      await restored.close()
    })

    it(
      'sends nothing again that may have been sent since, if that is asked for',
      { timeout: 60_000 },
      async () => {
        const place = await createPlace()
        const calls = lenders.calls.length
        const { waiting, messages } = await restoreAndRequeue(file, place, { sentSince: true })
        expect(messages).toEqual([{ state: 'uncertain' }])
        const relay = await startRelay(place)
        await expect
          .poll(async () => (await health(relay)).queue, { timeout: 20_000 })
          .toMatchObject({ waiting: 0 })
        expect((await health(relay)).queue.uncertain).toBeGreaterThanOrEqual(waiting)
        expect(lenders.calls.slice(calls).filter(({ to }) => to === 'first/create')).toEqual([])
        await relay.close()
      },
    )

    it('refuses a place that is not empty, and changes nothing there', { timeout: 60_000 }, async () => {
      await withDatabase(rich, async (database) => {
        await expect(restoreTo(database, file)).rejects.toThrow('The database is not empty')
        expect(await dumpTables(database)).toEqual(richRows)
      })
    })

    it(
      'refuses a file that was cut at any place, changed, or made by a newer relay',
      { timeout: 60_000 },
      async () => {
        const place = await createPlace()
        const whole = await readFile(file)
        const text = gunzipSync(whole).toString()
        const lines = text.trimEnd().split('\n')
        const pack = (content: readonly string[]) => gzipSync(`${content.join('\n')}\n`)
        const header = JSON.parse(lines[0] ?? '')
        const damaged: Readonly<Record<string, readonly [Uint8Array, string]>> = {
          half: [whole.subarray(0, whole.length / 2), 'has been cut'],
          'without its last byte': [whole.subarray(0, -1), 'has been cut'],
          empty: [new Uint8Array(), 'has been cut'],
          'without its end': [pack(lines.slice(0, -1)), 'has been cut'],
          'without a row': [pack([...lines.slice(0, 5), ...lines.slice(6)]), 'has been changed'],
          'with a row twice': [pack([...lines.slice(0, 5), ...lines.slice(4)]), 'has been changed'],
          'with other text': [gzipSync(text.replace('Пётр', 'Фёдр')), 'has been changed'],
          'with a flipped byte': [
            whole.with(whole.length >> 1, 255 - (whole.at(whole.length >> 1) ?? 0)),
            '',
          ],
          'another file': [gzipSync('{"a":1}\n'), 'is not a backup'],
          'not compressed': [Buffer.from(text), 'is not a backup'],
          'of a newer schema': [
            seal({ ...header, schema: 999 }, lines),
            'was made by a newer relay (version 1.2.3)',
          ],
          'of a newer format': [
            pack([JSON.stringify({ ...header, formatVersion: 2 })]),
            'was made by a newer relay',
          ],
        }
        await withDatabase(place, async (database) => {
          for (const [name, [content, message]] of Object.entries(damaged)) {
            const path = join(root, name)
            await writeFile(path, content)
            await expect(restoreTo(database, path), name).rejects.toThrow(message)
          }
          expect(await dumpTables(database)).toEqual({})
          await restoreTo(database, file)
        })
      },
    )

    it('restores nothing if it is interrupted, and can be repeated', { timeout: 60_000 }, async () => {
      const place = await createPlace()
      await withDatabase(place, async (database) => {
        let batches = 0
        const requireSpace = async (): Promise<void> => {
          batches += 1
          if (batches > 8) throw new Error('No space is left')
        }
        const deps = { database, createTables: createPlaceTablesFor, requireSpace }
        await expect(restoreBackup(file, deps)).rejects.toThrow('No space is left')
        expect(await dumpTables(database)).toEqual({})
        await restoreTo(database, file)
      })
    })

    it(
      'holds every lead that was answered before, complete, while others come in',
      { timeout: 120_000 },
      async () => {
        const busy = await createPlace()
        const relay = await startRelay(busy)
        lenders.answer('first/create', { outcome: 'accepted' })
        const answered: string[] = []
        let posting = true
        const post = async (): Promise<void> => {
          while (posting) {
            const lead = inventLead()
            const { status } = await postLead(relay, lead)
            if (status < 300) answered.push(lead.id)
            // A relay in this process answers without any input or output: timers get no turn otherwise.
            await pause(1)
          }
        }
        const posts = Promise.all([post(), post(), post()])
        await expect.poll(() => answered.length, { timeout: 60_000 }).toBeGreaterThan(40)
        const before = [...answered]
        const copy = await relayBackup(relay)
        const during = answered.length - before.length
        posting = false
        await posts
        await relay.close()
        const { leads = [], ...others } = await withDatabase(await createPlace(), async (database) => {
          await restoreTo(database, copy)
          return dumpTables(database)
        })
        const ids = new Set(leads.map((row) => String(JSON.parse(row).id)))
        expect(before.filter((id) => !ids.has(id))).toEqual([])
        for (const table of ['revisions', 'deliveries']) {
          const found = new Set((others[table] ?? []).map((row) => String(JSON.parse(row).lead)))
          expect(found).toEqual(ids)
        }
        console.log(JSON.stringify({ before: before.length, during, restored: ids.size }))
      },
    )

    async function relayBackup(relay: Relay): Promise<string> {
      files += 1
      const path = join(root, `relay-${files}.ndjson.gz`)
      const headers = { authorization: `Bearer ${adminEnv.ANKETA_ADMIN_TOKEN}` }
      const response = await relay.fetch(new Request('https://relay.example.ru/admin/backup', { headers }))
      expect(response.status).toBe(200)
      await writeFile(path, new Uint8Array(await response.arrayBuffer()))
      return path
    }
  })
}

/** Lines with another header, and the checksum that fits. */
function seal(header: object, lines: readonly string[]): Uint8Array {
  const content = [JSON.stringify(header), ...lines.slice(1, -1)].map((line) => `${line}\n`).join('')
  const sha256 = createHash('sha256').update(content).digest('hex')
  return gzipSync(`${content}${JSON.stringify({ ...JSON.parse(lines.at(-1) ?? ''), sha256 })}\n`)
}

/** All rows of all tables of the schema as JSON, in order. */
async function dumpTables(database: Database): Promise<Record<string, readonly string[]>> {
  const tables = await database.query<{ name: string }>(
    `select tablename as name from pg_catalog.pg_tables where schemaname = 'anketa' order by 1`,
  )
  const dump: Record<string, readonly string[]> = {}
  // What running relays tell each other is not part of a backup.
  for (const { name } of tables.filter((table) => !leftOut.includes(table.name))) {
    const rows = await database.query<{ row: string }>(
      `select row_to_json(t)::text as row from anketa."${name}" t order by 1`,
    )
    dump[name] = rows.map(({ row }) => row)
  }
  return dump
}

async function health(relay: Relay) {
  const response = await relay.fetch(
    new Request('https://relay.example.ru/healthz', {
      headers: { authorization: `Bearer ${adminEnv.ANKETA_ADMIN_TOKEN}` },
    }),
  )
  return response.json()
}
