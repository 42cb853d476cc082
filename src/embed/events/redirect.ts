import type { Attribution } from '../../lead/attribution.ts'
import type { ParsedOptions } from '../options/options.ts'

/** The option with the address of the page after an outcome. A stored lead (`queued`) is a success like an accepted one. */
const redirectOptions = {
  accepted: 'redirect',
  queued: 'redirect',
  declined: 'redirectDeclined',
  duplicate: 'redirectDuplicate',
} as const satisfies Readonly<Record<string, keyof ParsedOptions>>

/**
 * The address of the page after an outcome, if the options name one. Its macros are `{leadId}`, `{outcome}` and the
 * attribution parameters. Any other macro becomes empty: a value of the form never gets into an address.
 */
export function findRedirect(
  options: ParsedOptions,
  { outcome, leadId }: { readonly outcome: string; readonly leadId: string },
  attribution: Attribution,
): string | undefined {
  if (!isRedirecting(outcome)) return undefined
  const macros: Attribution = { ...attribution, outcome, leadId }
  return options[redirectOptions[outcome]]?.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = macros[name]
    return typeof value === 'string' ? encodeURIComponent(value) : ''
  })
}

function isRedirecting(outcome: string): outcome is keyof typeof redirectOptions {
  return Object.hasOwn(redirectOptions, outcome)
}
