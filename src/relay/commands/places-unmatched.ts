import { array, object, parse, string } from 'valibot'
import { checkConfig } from '../config.ts'
import { FolderInUse } from '../folder-lock.ts'
import { openPglite } from '../pglite.ts'
import { openPlaceBook } from '../places/place-book.ts'
import { migrate } from '../schema.ts'
import type { Command } from './command-line.ts'
import { readConfiguration } from './read-configuration.ts'
import { runningRelay } from './running-relay.ts'

const answerSchema = object({ cities: array(object({ id: string(), name: string(), region: string() })) })

/** Prints the cities of providers' lists for which no KLADR code is known. */
export const placesUnmatchedCommand: Command = {
  words: ['places', 'unmatched'],
  usage: '--config FILE',
  summary: "prints the cities of lenders' lists for which no KLADR code is known",
  options: {},

  async run({ config: file }, { fetch }) {
    const { candidate, readText } = await readConfiguration(file)
    const config = await checkConfig(candidate, { env: process.env, readText })
    const cities = await unmatchedHere(config.folder).catch(async (error: unknown) => {
      if (!(error instanceof FolderInUse)) throw error
      const call = runningRelay(config, candidate, process.env, fetch)
      return parse(answerSchema, await (await call('/admin/places/unmatched')).json()).cities
    })
    for (const { id, name, region } of cities) process.stdout.write(`${id}\t${region}\t${name}\n`)
    process.stderr.write(`${cities.length} cities without a code\n`)
    return 0
  },
}

async function unmatchedHere(folder: string) {
  const database = await openPglite(folder, { now: Date.now() })
  try {
    await migrate(database)
    return await (await openPlaceBook({ database, pause: async () => {} })).unmatched()
  } finally {
    await database.close()
  }
}
