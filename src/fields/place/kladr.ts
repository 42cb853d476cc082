import { check, pipe, string } from 'valibot'
import type { FieldKind } from '../field-kind.ts'
import { extractDigits } from '../text/plain-text.ts'

/**
 * KLADR is the state classifier of addresses. A code is `СС РРР ГГГ ППП АА` for a region, district, city or settlement
 * (13 digits), `… УУУУ АА` for a street (17), `… УУУУ ДДДД` for a house (19, without АА). АА is `00` for a current
 * name. Always strings: leading zeros are significant, and a number cannot hold 17 digits exactly.
 */

/** Whether this can be the code of a region. */
export function isRegionKladr(code: string): boolean {
  return /^(?!00)\d\d0{11}$/.test(code)
}

/**
 * Whether this can be the code of a city: current, within a region. The code of a region itself counts only for the
 * cities that are regions: Москва 77, Санкт-Петербург 78, Севастополь 92, Байконур 99.
 */
export function isCityKladr(code: string): boolean {
  return /^(?!00)\d{11}00$/.test(code) && (!isRegionKladr(code) || /^(?:77|78|92|99)/.test(code))
}

/** The code of the region in which a place lies. Takes the place's code, or its first two digits. */
export function regionKladr(kladr: string): string {
  return `${kladr.slice(0, 2)}00000000000`
}

/** Whether this can be the code of a street. */
export function isStreetKladr(code: string): boolean {
  return /^(?!00)\d{15}00$/.test(code)
}

/** Whether this can be the code of a house. */
export function isHouseKladr(code: string): boolean {
  return /^(?!00)\d{19}$/.test(code)
}

/** A code with or without gaps between its parts. */
const written = /^\d\d(\s?\d{3}){3}[\d\s]*$/

/** A hidden field with a KLADR code, filled when a place is chosen from a list. */
export function kladrCode(isValid: (code: string) => boolean): FieldKind<string> {
  return {
    control: 'hidden',
    attributes: {},
    schema: pipe(string('kladr-format'), check(isValid, 'kladr-format')),
    normalize: (text) => (written.test(text.trim()) ? extractDigits(text) : text),
    format: (code) => code,
  }
}
