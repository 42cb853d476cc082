import { isCityKladr, isRegionKladr, regionKladr } from '../../../fields/place/kladr.ts'
import { type CsvRow, readCsv } from './csv.ts'
import { type ImportedCity, type ImportedPlaces, PlaceFileError } from './imported-places.ts'
import { formatRegionName } from './region-name.ts'

/**
 * Reads regions and cities from a CSV file with the columns `kladr_id`, `region` and `city`. Uses further columns of the
 * public file hflabs/city, if there are any: types, settlement, area and population. Throws {@link PlaceFileError}.
 */
export async function readHflabsCsv(bytes: AsyncIterable<Uint8Array>, file: string): Promise<ImportedPlaces> {
  const regions = new Map<string, string>()
  const cities: ImportedCity[] = []
  const rows = new Map<string, number>()
  for await (const row of readCsv(bytes, file, ['kladr_id', 'region', 'city'])) {
    const kladr = row.get('kladr_id')
    if (!isCityKladr(kladr))
      throw new PlaceFileError(file, row.row, `kladr_id: ${describeCodeProblem(kladr)}`)
    const earlier = rows.get(kladr)
    if (earlier !== undefined) {
      throw new PlaceFileError(file, row.row, `the code ${kladr} is already in row ${earlier}`)
    }
    rows.set(kladr, row.row)
    const region = row.get('region')
    if (region === '') throw new PlaceFileError(file, row.row, 'region is empty')
    const code = regionKladr(kladr)
    if (!regions.has(code)) regions.set(code, formatRegionName(code, region, row.get('region_type')))
    cities.push({
      kladr,
      ...readPlaceName(row, file, kladr),
      population: parsePopulation(row.get('population')),
    })
  }
  return { regions, cities, skipped: 0 }
}

/** The name of the smallest unit: the settlement, or the city. A city that is a region is named in `region` only. */
function readPlaceName(row: CsvRow, file: string, kladr: string): Pick<ImportedCity, 'name' | 'type'> {
  const levels = ['settlement', 'city', ...(isRegionKladr(kladr) ? ['region'] : ['area'])]
  const level = levels.find((one) => row.get(one) !== '')
  if (level === undefined) throw new PlaceFileError(file, row.row, 'city is empty')
  return { name: row.get(level), type: row.get(`${level}_type`).replace(/\.$/, '') || 'г' }
}

/** Some published numbers are followed by a footnote mark. */
function parsePopulation(text: string): number | undefined {
  const digits = /^\d{1,9}/.exec(text.replace(/[\s\u00A0]/g, ''))?.[0]
  return digits === undefined ? undefined : Number(digits)
}

function describeCodeProblem(kladr: string): string {
  const got = `got ${JSON.stringify(kladr.slice(0, 40))}`
  if (/^\d{12}$/.test(kladr)) return `expected 13 digits, ${got}: a spreadsheet has removed the leading zero`
  if (/^\d[,.]\d+E\+?\d+$/i.test(kladr))
    return `expected 13 digits, ${got}: a spreadsheet has converted it to a number`
  return `expected the code of a city, 13 digits that end in 00, ${got}`
}
