import { type Attribution, isAttributionParameter } from './attribution.ts'
import { isHttpUrl } from './http-url.ts'
import { formatLeadNumber } from './lead-number.ts'

/** What the macros of a link are filled in from. Never the values of a lead. */
export interface LinkContext {
  readonly leadId: string
  readonly outcome: string
  readonly attribution: Attribution
  /** The token of the advertisement that the link belongs to, in place of that of the visit. */
  readonly erid?: string | undefined
}

/** Macros of a link that are no attribution parameters. `status` is another name of `outcome`. */
export const linkMacros = ['leadId', 'number', 'outcome', 'status'] as const

/** Click ids of the usual networks, under the names that their links have. */
const clickIdPattern = /^(?:click_?id|sub_?id|aff_sub[1-5]?|sub[1-5]|transaction_id)$/

const macroPattern = /\{([^{}]*)\}/g

/**
 * Fills in the macros of an address: `{leadId}`, `{number}`, `{outcome}`, `{status}` and attribution parameters. Any other
 * macro becomes empty, so that a value of the form never gets into an address.
 */
export function fillLink(address: string, context: LinkContext): string {
  const { leadId, outcome, attribution, erid } = context
  const macros: Attribution = {
    ...attribution,
    leadId,
    number: formatLeadNumber(leadId),
    outcome,
    status: outcome,
    ...(erid === undefined ? {} : { erid }),
  }
  return address.replace(macroPattern, (_, name: string) => {
    const value = Object.hasOwn(macros, name) ? macros[name] : undefined
    return typeof value === 'string' ? encodeURIComponent(value) : ''
  })
}

/** What is wrong with the address of a link; `undefined` if nothing is. A macro may not choose the host. */
export function findLinkProblem(address: string): string | undefined {
  if (!isHttpUrl(address)) return 'an absolute address without a user name or a password, https://…'
  if (!/^https?:\/\/[^/?#\\{}]+(?:[/?#]|$)/i.test(address))
    return 'an address whose host is written out: macros only after it'
  const unknown = [...address.matchAll(macroPattern)]
    .map(([, name = '']) => name)
    .find((name) => !isLinkMacro(name))
  return unknown === undefined
    ? undefined
    : `an address with no macros but ${linkMacros.map((name) => `{${name}}`).join(', ')} and attribution parameters such as {utm_source}: values of the form never get into links`
}

function isLinkMacro(name: string): boolean {
  return (
    linkMacros.some((known) => known === name) || isAttributionParameter(name) || clickIdPattern.test(name)
  )
}
