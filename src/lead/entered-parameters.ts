import { type Attribution, type AttributionParameters, isClickId, looksPersonal } from './attribution.ts'
import type { LeadValues } from './values.ts'

/** A shorter number may be in a parameter by chance. */
const minDigits = 6

/**
 * Leaves out the parameters that repeat what the person has entered: any with the digits of a value, and click ids with
 * the text of one. Links in mailings carry the reader's phone under names that trackers use for their ids. Where the
 * values are not known, every click id is left out that could be a phone.
 */
export function withoutEntered(attribution: Attribution, values: LeadValues | undefined): Attribution {
  const { first, ...last } = attribution
  const isKept = ([name, text]: readonly [string, unknown]): boolean =>
    typeof text === 'string' && !(values ? isEntered(name, text, values) : looksPersonal(text))
  const pick = (parameters: object): AttributionParameters =>
    Object.fromEntries(Object.entries(parameters).filter(isKept))
  const firstVisit = pick(Object(first))
  return { ...pick(last), ...(Object.keys(firstVisit).length > 0 ? { first: firstVisit } : {}) }
}

function isEntered(name: string, text: string, values: LeadValues): boolean {
  const digits = digitsOf(text)
  return Object.values(values).some(
    (value) =>
      typeof value === 'string' &&
      ((digits.length >= minDigits && digits === digitsOf(value)) ||
        (isClickId(name) && text.toLowerCase() === value.trim().toLowerCase())),
  )
}

/** The digits of a text that has nothing else but signs between them, a phone's without those of its country. */
function digitsOf(text: string): string {
  if (!/^[\d\s()+.-]+$/.test(text)) return ''
  const digits = text.replace(/\D/g, '')
  return /^[78]\d{10}$/.test(digits) ? digits.slice(1) : digits
}
