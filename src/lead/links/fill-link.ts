import type { Attribution } from '../attribution.ts'
import { formatLeadNumber } from '../lead-number.ts'

/** What the macros of a link are filled in from. Never the values of a lead. */
export interface LinkContext {
  readonly leadId: string
  readonly outcome: string
  readonly attribution: Attribution
  /** The token of the advertisement that the link belongs to, in place of that of the visit. */
  readonly erid?: string | undefined
}

/** A macro of a link that is no attribution parameter. `status` is another name of `outcome`. */
export type LinkMacro = 'leadId' | 'number' | 'outcome' | 'status'

/**
 * Fills in the macros of an address: `{leadId}`, `{number}`, `{outcome}`, `{status}` and attribution parameters. Any other
 * macro becomes empty, so that a value of the form never gets into an address.
 */
export function fillLink(address: string, { leadId, outcome, attribution, erid }: LinkContext): string {
  const own: Readonly<Record<LinkMacro, string>> = {
    leadId,
    number: formatLeadNumber(leadId),
    outcome,
    status: outcome,
  }
  const macros: Attribution = { ...attribution, ...own, ...(erid === undefined ? {} : { erid }) }
  return address.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = Object.hasOwn(macros, name) ? macros[name] : undefined
    return typeof value === 'string' ? encodeURIComponent(value) : ''
  })
}
