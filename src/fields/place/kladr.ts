import type { FieldKind } from '../field-kind.ts'
import { extractDigits } from '../text/plain-text.ts'
import { textCheck } from '../text/checks.ts'
/**
 * KLADR is the state classifier of addresses. A code is `СС РРР ГГГ ППП АА` for a region, district, city or settlement
 * (13 digits), `… УУУУ АА` for a street (17), `… УУУУ ДДДД` for a house (19, without АА). АА is `00` for what is actual.
 * Always strings: leading zeros matter, and 17 digits are more than a number holds.
 */

/** Whether a code can be a region's. */
export function isRegionKladr(code: string): boolean {
  return /^(?!00)\d\d0{11}$/.test(code)
}

/**
 * Whether a code can be a city's: actual, in a region, and not a bare region unless that region is a city itself:
 * Москва 77, Санкт-Петербург 78, Севастополь 92, Байконур 99.
 */
export function isCityKladr(code: string): boolean {
  return /^(?!00)\d{11}00$/.test(code) && (!isRegionKladr(code) || /^(?:77|78|92|99)/.test(code))
}

/** Whether a code can be a street's. */
export function isStreetKladr(code: string): boolean {
  return /^(?!00)\d{15}00$/.test(code)
}

/** Whether a code can be a house's. */
export function isHouseKladr(code: string): boolean {
  return /^(?!00)\d{19}$/.test(code)
}

/**
 * A code of KLADR, the state classifier of addresses, as a string (leading zeros; 17 and 19 digits are more than a number
 * holds). A place that is chosen from a list brings it; nobody types one.
 */
export function kladrCode(isRight: (code: string) => boolean): FieldKind<string> {
  return {
    control: 'hidden',
    attributes: {},
    check: textCheck('kladr-format', [isRight, 'kladr-format']),
    normalise: (text) => (/^[\d\s]*$/.test(text) ? extractDigits(text) : text),
    format: (code) => code,
  }
}

/** The code of the region in which a place lies. Takes the place's code, or its first two digits. */
export function regionKladr(kladr: string): string {
  return `${kladr.slice(0, 2)}00000000000`
}
