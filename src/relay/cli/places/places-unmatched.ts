import { array, object, parse, string } from 'valibot'
import type { Command } from '../command.ts'
import { loadConfig } from '../read-config-file.ts'
import { withPlaceStore } from './with-place-store.ts'

const responseSchema = object({ cities: array(object({ id: string(), name: string(), region: string() })) })

/** Prints the cities of providers' lists whose KLADR code is not known. */
export const placesUnmatchedCommand: Command = {
  words: ['places', 'unmatched'],
  usage: '--config FILE',
  summary: "prints the cities of lenders' lists whose KLADR code is not known",
  options: {},

  async run({ config }, { fetch }) {
    const cities = await withPlaceStore(await loadConfig(config), fetch, {
      direct: async (placeStore) => placeStore.findUnmatched(),
      async remote(adminClient) {
        const response = await adminClient('/admin/places/unmatched')
        return parse(responseSchema, await response.json()).cities
      },
    })
    for (const { id, name, region } of cities) process.stdout.write(`${id}\t${region}\t${name}\n`)
    process.stderr.write(`${cities.length} cities without a code\n`)
    return 0
  },
}
