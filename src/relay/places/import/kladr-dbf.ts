import { isCityKladr, isRegionKladr, regionKladr } from '../../../fields/place/kladr.ts'
import { readDbf } from './dbf.ts'
import { type ImportedCity, type ImportedPlaces, PlaceFileError } from './imported-places.ts'
import { formatRegionName } from './region-name.ts'
import { isSettlementType } from './settlement-types.ts'

/** Full names of the short types in SOCRBASE.DBF. */
export function readTypeNames(bytes: Uint8Array, file: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const record of readDbf(bytes, file, ['LEVEL', 'SCNAME', 'SOCRNAME'])) {
    // The types of streets, level 5, have the same short names now and then.
    if (record.get('LEVEL') !== '5') names.set(record.get('SCNAME'), record.get('SOCRNAME'))
  }
  return names
}

/**
 * The regions, cities and villages of an official KLADR.DBF: rows whose code ends in 00, of what is still so. A city may
 * stand at any level: Москва is a region, Одинцово was a district.
 */
export function readKladrDbf(
  bytes: Uint8Array,
  file: string,
  typeNames: ReadonlyMap<string, string>,
): ImportedPlaces {
  const regions = new Map<string, string>()
  const cities: ImportedCity[] = []
  const rows = new Map<string, number>()
  let skipped = 0
  for (const record of readDbf(bytes, file, ['NAME', 'SOCR', 'CODE'])) {
    const [kladr, name, type] = [record.get('CODE'), record.get('NAME'), record.get('SOCR')]
    if (!/^\d{13}$/.test(kladr)) {
      const hint = /^\d{17,19}$/.test(kladr)
        ? ': this is a file of streets or houses, KLADR.DBF is wanted'
        : ''
      throw new PlaceFileError(
        file,
        record.row,
        `CODE: expected 13 digits, got ${JSON.stringify(kladr)}${hint}`,
      )
    }
    if (!kladr.endsWith('00')) {
      skipped += 1
      continue
    }
    if (name === '') throw new PlaceFileError(file, record.row, 'NAME is empty')
    const earlier = rows.get(kladr)
    if (earlier !== undefined) {
      throw new PlaceFileError(file, record.row, `the code ${kladr} stands in row ${earlier} already`)
    }
    rows.set(kladr, record.row)
    if (isRegionKladr(kladr)) regions.set(kladr, formatRegionName(kladr, name, type))
    if (isCityKladr(kladr) && isSettlementType(type, typeNames)) cities.push({ kladr, name, type })
    else skipped += 1
  }
  for (const { kladr } of cities) {
    if (!regions.has(regionKladr(kladr))) {
      throw new PlaceFileError(file, rows.get(kladr), `its region ${regionKladr(kladr)} is not in the file`)
    }
  }
  return { regions, cities, skipped }
}
