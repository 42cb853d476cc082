import { basename, resolve } from 'node:path'
import { number, object, parse, picklist } from 'valibot'
import { readPlacesNdjson, writePlacesNdjson } from '../../places/import/ndjson.ts'
import { readPlaceFiles } from '../../places/import/read-files.ts'
import type { AdminClient } from '../running/admin-client.ts'
import type { Command } from '../command.ts'
import { loadConfig } from '../read-config-file.ts'
import { withPlaceStore } from './with-place-store.ts'

const importResponseSchema = object({ imported: picklist(['stored', 'unchanged']) })
const progressResponseSchema = object({ importing: object({ cities: number() }) })

/** Imports a directory of places, through the running relay or into its database. */
export const placesImportCommand: Command = {
  words: ['places', 'import'],
  usage: '--config FILE FILE…',
  summary:
    'imports regions and cities with their KLADR codes: KLADR.DBF (with SOCRBASE.DBF beside it), a CSV with the columns kladr_id, region, city …, or both together; replaces what was imported before',
  options: {},
  positionals: 'FILE…',

  async run({ config, positionals }, { fetch }) {
    const files = positionals.map((file) => resolve(file))
    const loadedConfig = await loadConfig(config)
    const places = await readPlaceFiles(files, (name, { cities, skipped }) => {
      const others = skipped > 0 ? `, ${formatCount(skipped)} other rows` : ''
      printLine(`${basename(name)}: ${formatCount(cities.length)} cities and villages${others}`)
    })
    const onProgress = createProgressPrinter(places.cities.length)
    const result = await withPlaceStore(loadedConfig, fetch, {
      async direct(placeStore) {
        const imported = await readPlacesNdjson(toAsyncIterable(writePlacesNdjson(places)))
        return placeStore.import(imported, new Date(), onProgress)
      },
      async remote(adminClient) {
        printLine('The relay is running: the places go through it.')
        const headers = { 'content-type': 'application/x-ndjson' }
        const body = [...writePlacesNdjson(places)].join('')
        const polling = pollProgress(adminClient, onProgress)
        try {
          const response = await adminClient('/admin/places', { method: 'POST', headers, body })
          return parse(importResponseSchema, await response.json()).imported
        } finally {
          polling.stop()
        }
      },
    })
    printLine(
      result === 'unchanged'
        ? 'Nothing to do: these places are in use already.'
        : `Done: ${formatCount(places.cities.length)} cities and villages of ${formatCount(places.regions.size)} regions are in use.`,
    )
    return 0
  },
}

async function* toAsyncIterable(lines: Iterable<string>): AsyncGenerator<string> {
  yield* lines
}

/** Requests the progress of the import from the relay every second. */
function pollProgress(adminClient: AdminClient, onProgress: (cities: number) => void): { stop(): void } {
  const timer = setInterval(() => {
    adminClient('/admin/places')
      .then(async (response) =>
        onProgress(parse(progressResponseSchema, await response.json()).importing.cities),
      )
      // Progress is optional; the response to the import decides the result.
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

/** Formats a count for the person who ran a command. */
export function formatCount(number: number): string {
  return number.toLocaleString('en-US')
}

/** Prints a line of a command. */
export function printLine(text: string): void {
  process.stdout.write(`${text}\n`)
}
