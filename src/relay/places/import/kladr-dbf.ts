import { isCityKladr, isRegionKladr, regionKladr } from '../../../fields/place/kladr.ts'
import { readDbf } from './dbf.ts'
import { type ImportedCity, type ImportedPlaces, PlaceFileError } from './imported-places.ts'
import { formatRegionName } from './region-name.ts'
import { isSettlementType } from './settlement-types.ts'

/** Reads the full names of abbreviated types from SOCRBASE.DBF. */
export function readTypeNames(bytes: Uint8Array, file: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const record of readDbf(bytes, file, ['LEVEL', 'SCNAME', 'SOCRNAME'])) {
    // Types of streets (level 5) reuse some abbreviations of settlement types.
    if (record.get('LEVEL') !== '5') names.set(record.get('SCNAME'), record.get('SOCRNAME'))
  }
  return names
}

/**
 * Reads regions, cities and villages from an official KLADR.DBF. Takes only actual rows: their codes end in 00. A city may
 * be at any level of the classifier: Москва is a region, Одинцово was a district. Throws {@link PlaceFileError}.
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
      const hint = /^\d{17,19}$/.test(kladr) ? ': this file lists streets or houses; use KLADR.DBF' : ''
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
      throw new PlaceFileError(file, record.row, `the code ${kladr} is already in row ${earlier}`)
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
