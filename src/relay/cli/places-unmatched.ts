import { array, object, parse, string } from 'valibot'
import { parseConfig } from '../config/config.ts'
import { DirectoryInUseError } from '../database/directory-lock.ts'
import { openPglite } from '../database/pglite.ts'
import { openPlaceStore } from '../places/place-store.ts'
import { migrate } from '../database/migrations.ts'
import type { Command } from './command.ts'
import { readConfigFile } from './read-config-file.ts'
import { createAdminClient } from './admin-client.ts'

const answerSchema = object({ cities: array(object({ id: string(), name: string(), region: string() })) })

/** Prints the cities of providers' lists for which no KLADR code is known. */
export const placesUnmatchedCommand: Command = {
  words: ['places', 'unmatched'],
  usage: '--config FILE',
  summary: "prints the cities of lenders' lists for which no KLADR code is known",
  options: {},

  async run({ config: file }, { fetch }) {
    const { candidate, readText } = await readConfigFile(file)
    const config = await parseConfig(candidate, { env: process.env, readText })
    const cities = await loadUnmatchedFromDatabase(config.folder).catch(async (error: unknown) => {
      if (!(error instanceof DirectoryInUseError)) throw error
      const call = createAdminClient(config, candidate, process.env, fetch)
      return parse(answerSchema, await (await call('/admin/places/unmatched')).json()).cities
    })
    for (const { id, name, region } of cities) process.stdout.write(`${id}\t${region}\t${name}\n`)
    process.stderr.write(`${cities.length} cities without a code\n`)
    return 0
  },
}

async function loadUnmatchedFromDatabase(folder: string) {
  const database = await openPglite(folder, { now: Date.now() })
  try {
    await migrate(database)
    return await (await openPlaceStore({ database, pause: async () => {} })).findUnmatched()
  } finally {
    await database.close()
  }
}
