import type { LeadSearch } from '../../relay/http/admin/lead-answers.ts'

/** What a person or a lead is found by. */
export type SearchKind = 'phone' | 'email' | 'name' | 'number'

/** A search, as it is sent. */
export interface SearchTerm {
  readonly kind: SearchKind
  readonly text: string
}

/** A number of a lead, in either alphabet. A short last name has neither a hyphen nor a digit. */
const numberPattern = /^(?=.*[\d\u2010-\u2015-])\p{L}[\u2010-\u2015-]?[\p{L}\d]{4}$/u

/** Guesses from a text what it is. Nothing for an empty text. */
export function parseSearchTerm(entered: string): SearchTerm | undefined {
  const text = entered.trim()
  if (text === '') return undefined
  if (text.includes('@')) return { kind: 'email', text }
  if (numberPattern.test(text)) return { kind: 'number', text }
  if (/^[\d\s()+.-]+$/.test(text) && /\d/.test(text)) return { kind: 'phone', text }
  return { kind: 'name', text }
}

/** The member of a search's body. */
export function toSearch({ kind, text }: SearchTerm): Pick<LeadSearch, SearchKind> {
  return { [kind]: text }
}
