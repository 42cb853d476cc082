import { basename, resolve } from 'node:path'
import { number, object, parse, picklist } from 'valibot'
import { checkConfig } from '../config.ts'
import { FolderInUse } from '../folder-lock.ts'
import { openPglite } from '../pglite.ts'
import { readDirectoryFiles } from '../places/import/directory-file.ts'
import { readPlaces, writePlaces } from '../places/import/place-stream.ts'
import { openPlaceBook } from '../places/place-book.ts'
import { migrate } from '../schema.ts'
import type { Command } from './command-line.ts'
import { readConfiguration } from './read-configuration.ts'
import { type AdminCall, runningRelay } from './running-relay.ts'

const answerSchema = object({ imported: picklist(['stored', 'unchanged']) })
const stateSchema = object({ importing: object({ cities: number() }) })

/** Imports a directory of places, through the running relay or into its folder. */
export const placesImportCommand: Command = {
  words: ['places', 'import'],
  usage: '--config FILE FILE…',
  summary:
    'imports regions and cities with their KLADR codes: KLADR.DBF (with SOCRBASE.DBF beside it), a CSV with the columns kladr_id, region, city …, or both together; what was imported before is replaced',
  options: {},
  rest: 'FILE…',

  async run({ config: file, rest }, { fetch }) {
    const files = rest.map((one) => resolve(one))
    const { candidate, readText } = await readConfiguration(file)
    const config = await checkConfig(candidate, { env: process.env, readText })
    const found = await readDirectoryFiles(files, (name, { cities, skipped }) => {
      const others = skipped > 0 ? `, ${count(skipped)} other rows` : ''
      say(`${basename(name)}: ${count(cities.length)} cities and villages${others}`)
    })
    const progress = progressOf(found.cities.length)
    const stored = await openHere(config.folder, async (database) => {
      await migrate(database)
      const book = await openPlaceBook({ database, pause: async () => {} })
      return book.import(await readPlaces(pieces(writePlaces(found))), new Date(), progress)
    }).catch(async (error: unknown) => {
      if (!(error instanceof FolderInUse)) throw error
      say('The relay is running: the places go through it.')
      const call = runningRelay(config, candidate, process.env, fetch)
      const body = [...writePlaces(found)].join('')
      const watching = watch(call, progress)
      try {
        const headers = { 'content-type': 'application/x-ndjson' }
        const answer = await call('/admin/places', { method: 'POST', headers, body })
        return parse(answerSchema, await answer.json()).imported
      } finally {
        watching.stop()
      }
    })
    say(
      stored === 'unchanged'
        ? 'Nothing to do: these places are in use already.'
        : `Done: ${count(found.cities.length)} cities and villages of ${count(found.regions.size)} regions are in use.`,
    )
    return 0
  },
}

async function openHere<Result>(
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

async function* pieces(lines: Iterable<string>): AsyncGenerator<string> {
  yield* lines
}

/** Asks the relay every second how far it is. */
function watch(call: AdminCall, progress: (cities: number) => void): { stop(): void } {
  const timer = setInterval(() => {
    call('/admin/places')
      .then(async (answer) => progress(parse(stateSchema, await answer.json()).importing.cities))
      // That it did not tell is no reason to stop; whether it was done is answered elsewhere.
      .catch(() => {})
  }, 1000)
  return { stop: () => clearInterval(timer) }
}

function progressOf(total: number): (cities: number) => void {
  let last = 0
  return (cities) => {
    if (cities < last + 20_000) return
    last = cities
    say(`${count(cities)} of ${count(total)}`)
  }
}

function count(number: number): string {
  return number.toLocaleString('en-US')
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
