import { basename, resolve } from 'node:path'
import { number, object, parse, picklist } from 'valibot'
import { parseConfig } from '../config/config.ts'
import { DirectoryInUseError } from '../database/directory-lock.ts'
import { openPglite } from '../database/pglite.ts'
import { readPlaceFiles } from '../places/import/read-files.ts'
import { readPlacesNdjson, writePlacesNdjson } from '../places/import/ndjson.ts'
import { openPlaceStore } from '../places/place-store.ts'
import { migrate } from '../database/migrations.ts'
import type { Command } from './command.ts'
import { readConfigFile } from './read-config-file.ts'
import { type AdminClient, createAdminClient } from './admin-client.ts'

const answerSchema = object({ imported: picklist(['stored', 'unchanged']) })
const stateSchema = object({ importing: object({ cities: number() }) })

/** Imports a directory of places, through the running relay or into its folder. */
export const placesImportCommand: Command = {
  words: ['places', 'import'],
  usage: '--config FILE FILE…',
  summary:
    'imports regions and cities with their KLADR codes: KLADR.DBF (with SOCRBASE.DBF beside it), a CSV with the columns kladr_id, region, city …, or both together; what was imported before is replaced',
  options: {},
  positionals: 'FILE…',

  async run({ config: file, positionals }, { fetch }) {
    const files = positionals.map((one) => resolve(one))
    const { candidate, readText } = await readConfigFile(file)
    const config = await parseConfig(candidate, { env: process.env, readText })
    const found = await readPlaceFiles(files, (name, { cities, skipped }) => {
      const others = skipped > 0 ? `, ${formatCount(skipped)} other rows` : ''
      printLine(`${basename(name)}: ${formatCount(cities.length)} cities and villages${others}`)
    })
    const progress = createProgressPrinter(found.cities.length)
    const stored = await withDatabase(config.folder, async (database) => {
      await migrate(database)
      const book = await openPlaceStore({ database, pause: async () => {} })
      return book.import(
        await readPlacesNdjson(toAsyncIterable(writePlacesNdjson(found))),
        new Date(),
        progress,
      )
    }).catch(async (error: unknown) => {
      if (!(error instanceof DirectoryInUseError)) throw error
      printLine('The relay is running: the places go through it.')
      const call = createAdminClient(config, candidate, process.env, fetch)
      const body = [...writePlacesNdjson(found)].join('')
      const watching = pollProgress(call, progress)
      try {
        const headers = { 'content-type': 'application/x-ndjson' }
        const answer = await call('/admin/places', { method: 'POST', headers, body })
        return parse(answerSchema, await answer.json()).imported
      } finally {
        watching.stop()
      }
    })
    printLine(
      stored === 'unchanged'
        ? 'Nothing to do: these places are in use already.'
        : `Done: ${formatCount(found.cities.length)} cities and villages of ${formatCount(found.regions.size)} regions are in use.`,
    )
    return 0
  },
}

async function withDatabase<Result>(
  folder: string,
  work: (database: Awaited<ReturnType<typeof openPglite>>) => Promise<Result>,
): Promise<Result> {
  const database = await openPglite(folder, { now: Date.now() })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

async function* toAsyncIterable(lines: Iterable<string>): AsyncGenerator<string> {
  yield* lines
}

/** Asks the relay every second how far it is. */
function pollProgress(call: AdminClient, progress: (cities: number) => void): { stop(): void } {
  const timer = setInterval(() => {
    call('/admin/places')
      .then(async (answer) => progress(parse(stateSchema, await answer.json()).importing.cities))
      // That it did not tell is no reason to stop; whether it was done is answered elsewhere.
      .catch(() => {})
  }, 1000)
  return { stop: () => clearInterval(timer) }
}

function createProgressPrinter(total: number): (cities: number) => void {
  let last = 0
  return (cities) => {
    if (cities < last + 20_000) return
    last = cities
    printLine(`${formatCount(cities)} of ${formatCount(total)}`)
  }
}

function formatCount(number: number): string {
  return number.toLocaleString('en-US')
}

function printLine(text: string): void {
  process.stdout.write(`${text}\n`)
}
