import { basename, resolve } from 'node:path'
import { number, object, parse, picklist } from 'valibot'
import type { Fetch } from '../../../delivery/send-http.ts'
import { readPlacesNdjson, writePlacesNdjson } from '../../places/import/ndjson.ts'
import { readPlaceFiles } from '../../places/import/read-files.ts'
import { sortPlaceFiles } from '../../places/import/street-dbf.ts'
import type { AdminClient } from '../running/admin-client.ts'
import type { Command } from '../command.ts'
import { type LoadedConfig, loadConfig } from '../read-config-file.ts'
import { importStreets, inspectStreets } from './import-streets.ts'
import { formatCount, printLine } from './print-line.ts'
import { withPlaceStore } from './with-place-store.ts'

const importResponseSchema = object({ imported: picklist(['stored', 'unchanged']) })
const progressResponseSchema = object({ importing: object({ cities: number() }) })

/** Imports directories of places, streets and houses, through the running relay or into its database. */
export const placesImportCommand: Command = {
  words: ['places', 'import'],
  usage: '--config FILE FILE…',
  summary:
    'imports regions and cities with their KLADR codes: KLADR.DBF (with SOCRBASE.DBF beside it), a CSV with the columns kladr_id, region, city …, or both together; and streets and houses: STREET.DBF and DOMA.DBF; each replaces what was imported before',
  options: {},
  positionals: 'FILE…',

  async run({ config, positionals }, { fetch }) {
    const loadedConfig = await loadConfig(config)
    const files = await sortPlaceFiles(positionals.map((file) => resolve(file)))
    // All files are read before anything is changed.
    const places = files.places.length > 0 ? await readPlaces(files.places) : undefined
    const streets = await inspectStreets('streets', files.streets)
    const houses = await inspectStreets('houses', files.houses)
    if (places) await importPlaces(places, loadedConfig, fetch)
    await importStreets([...streets, ...houses], loadedConfig, fetch)
    return 0
  },
}

type ReadPlaces = Awaited<ReturnType<typeof readPlaceFiles>>

function readPlaces(files: readonly string[]): Promise<ReadPlaces> {
  return readPlaceFiles(files, (name, { cities, skipped }) => {
    const others = skipped > 0 ? `, ${formatCount(skipped)} other rows` : ''
    printLine(`${basename(name)}: ${formatCount(cities.length)} cities and villages${others}`)
  })
}

async function importPlaces(places: ReadPlaces, loadedConfig: LoadedConfig, fetch: Fetch): Promise<void> {
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
