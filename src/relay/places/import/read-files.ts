import { createReadStream } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { readHflabsCsv } from './hflabs-csv.ts'
import {
  type ImportedCity,
  type ImportedPlaces,
  PlaceFileError,
  toPlaceFileError,
} from './imported-places.ts'
import { readKladrDbf, readTypeNames } from './kladr-dbf.ts'

/** Called after each file with the places that it holds. */
export type FileProgress = (file: string, found: ImportedPlaces) => void

/**
 * Reads a directory of places from KLADR.DBF, CSV files, or both: then the CSV files add the population. SOCRBASE.DBF is
 * read if it is one of the files or in the folder of KLADR.DBF. Throws {@link PlaceFileError}.
 */
export async function readPlaceFiles(
  files: readonly string[],
  onFile: FileProgress,
): Promise<Omit<ImportedPlaces, 'skipped'>> {
  const regions = new Map<string, string>()
  const cities = new Map<string, ImportedCity>()
  const dbfFiles = files.filter((file) => /\.dbf$/i.test(file))
  const csvFiles = files.filter((file) => !dbfFiles.includes(file))
  const typeFiles = dbfFiles.filter(isTypeFile)
  const kladrFiles = dbfFiles.filter((file) => !isTypeFile(file))
  for (const file of kladrFiles) {
    const typeFile = typeFiles[0] ?? (await findTypeFile(file))
    const types =
      typeFile === undefined ? new Map() : readTypeNames(await readBytes(typeFile), basename(typeFile))
    add(file, readKladrDbf(await readBytes(file), basename(file), types))
  }
  for (const file of csvFiles) add(file, await readHflabsCsv(readChunks(file), basename(file)))
  if (cities.size === 0) {
    throw new PlaceFileError(
      files.map((file) => basename(file)).join(', '),
      undefined,
      'there is no city in it',
    )
  }
  return { regions, cities: [...cities.values()] }

  function add(file: string, found: ImportedPlaces): void {
    for (const [kladr, name] of found.regions) if (!regions.has(kladr)) regions.set(kladr, name)
    for (const city of found.cities) {
      const known = cities.get(city.kladr)
      const population = city.population ?? known?.population
      cities.set(city.kladr, { ...(known ?? city), ...(population === undefined ? {} : { population }) })
    }
    onFile(file, found)
  }
}

function isTypeFile(file: string): boolean {
  return /^socrbase\.dbf$/i.test(basename(file))
}

async function findTypeFile(file: string): Promise<string | undefined> {
  const folder = dirname(file)
  const found = (await readdir(folder)).find(isTypeFile)
  return found === undefined ? undefined : join(folder, found)
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    throw toPlaceFileError(error, file)
  }
}

async function* readChunks(file: string): AsyncGenerator<Uint8Array> {
  const stream: AsyncIterable<Uint8Array> = createReadStream(file)
  try {
    yield* stream
  } catch (error) {
    throw toPlaceFileError(error, file)
  }
}
