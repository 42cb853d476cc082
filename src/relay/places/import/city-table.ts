import { isCityKladr, isRegionKladr } from '../../../fields/kladr.ts'
import { type CsvRow, readCsv } from './csv.ts'
import { type FoundCity, type FoundPlaces, regionOfCode } from './found-places.ts'
import { PlaceFileError } from './place-file-error.ts'
import { regionName } from './region-name.ts'

/** The regions and cities of a CSV with the columns `kladr_id, region, city` and others of the public hflabs/city file. */
export function readCityTable(bytes: Uint8Array, file: string): FoundPlaces {
  const regions = new Map<string, string>()
  const cities: FoundCity[] = []
  const rows = new Map<string, number>()
  for (const row of readCsv(bytes, file, ['kladr_id', 'region', 'city'])) {
    const kladr = row.get('kladr_id')
    if (!isCityKladr(kladr)) throw new PlaceFileError(file, row.row, `kladr_id: ${codeProblem(kladr)}`)
    const earlier = rows.get(kladr)
    if (earlier !== undefined) {
      throw new PlaceFileError(file, row.row, `the code ${kladr} stands in row ${earlier} already`)
    }
    rows.set(kladr, row.row)
    const region = row.get('region')
    if (region === '') throw new PlaceFileError(file, row.row, 'region is empty')
    const code = regionOfCode(kladr)
    if (!regions.has(code)) regions.set(code, regionName(code, region, row.get('region_type')))
    cities.push({ kladr, ...nameOf(row, file, kladr), population: populationOf(row.get('population')) })
  }
  return { regions, cities, skipped: 0 }
}

/** A settlement's name is the finest that there is; a city that is a region has its name there only. */
function nameOf(row: CsvRow, file: string, kladr: string): Pick<FoundCity, 'name' | 'type'> {
  const levels = ['settlement', 'city', ...(isRegionKladr(kladr) ? ['region'] : ['area'])]
  const level = levels.find((one) => row.get(one) !== '')
  if (level === undefined) throw new PlaceFileError(file, row.row, 'city is empty')
  return { name: row.get(level), type: row.get(`${level}_type`).replace(/\.$/, '') || 'г' }
}

/** Some published numbers carry the mark of a footnote. */
function populationOf(text: string): number | undefined {
  const digits = /^\d{1,9}/.exec(text.replace(/[\s\u00A0]/g, ''))?.[0]
  return digits === undefined ? undefined : Number(digits)
}

function codeProblem(kladr: string): string {
  const got = `got ${JSON.stringify(kladr.slice(0, 40))}`
  if (/^\d{12}$/.test(kladr))
    return `expected 13 digits, ${got}: a spreadsheet has taken the leading zero for a number's`
  if (/^\d[,.]\d+E\+?\d+$/i.test(kladr))
    return `expected 13 digits, ${got}: a spreadsheet has taken it for a number`
  return `expected the code of a city, 13 digits that end in 00, ${got}`
}
