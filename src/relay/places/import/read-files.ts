import { readFile, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { readHflabsCsv } from './hflabs-csv.ts'
import { type ImportedCity, type ImportedPlaces, PlaceFileError } from './imported-places.ts'
import { readKladrDbf, readTypeNames } from './kladr-dbf.ts'
/** Told about every file that has been read. */
export type FileProgress = (file: string, found: ImportedPlaces) => void

/**
 * Reads a directory of places from its files: KLADR.DBF (with SOCRBASE.DBF, which is also looked for beside it), CSV, or
 * both: then the CSV adds how many people live there. Throws {@link PlaceFileError}.
 */
export async function readPlaceFiles(
  files: readonly string[],
  onFile: FileProgress,
): Promise<Omit<ImportedPlaces, 'skipped'>> {
  const regions = new Map<string, string>()
  const cities = new Map<string, ImportedCity>()
  const bases = files.filter((file) => /\.dbf$/i.test(file))
  const [typeFiles, kladrFiles] = [bases.filter(isTypeFile), bases.filter((file) => !isTypeFile(file))]
  const tables = files.filter((file) => !bases.includes(file))
  for (const file of kladrFiles) {
    const typeFile = typeFiles[0] ?? (await findTypeFile(file))
    const types =
      typeFile === undefined ? new Map() : readTypeNames(await readBytes(typeFile), basename(typeFile))
    add(file, readKladrDbf(await readBytes(file), basename(file), types))
  }
  for (const file of tables) add(file, readHflabsCsv(await readBytes(file), basename(file)))
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
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    const problem = code === 'ENOENT' ? 'there is no such file' : `it could not be read (${code})`
    throw new PlaceFileError(file, undefined, problem)
  }
}
