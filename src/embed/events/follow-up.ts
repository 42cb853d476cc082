import type { Ending } from '../../form/after-outcome.ts'
import type { FormDefinition } from '../../form/definition.ts'
import type { Attribution } from '../../lead/attribution.ts'
import { fillLink } from '../../lead/links/fill-link.ts'
import type { FollowUp, OutcomeEvent } from '../../state/form-ports.ts'
import type { ParsedOptions } from '../options/options.ts'
import { parseUrl } from '../options/parse-url.ts'
import { report } from '../options/report.ts'
import type { Dispatcher } from './dispatcher.ts'

/** How long a redirect waits for the counters, in milliseconds. */
const analyticsTimeoutMs = 700

/** How long the person sees a result before the next page opens by itself, in milliseconds. */
export const resultShownMs = 3000

/** What the follow-ups of a form are created from. */
export interface FollowUpOptions {
  readonly definition: FormDefinition
  readonly options: () => ParsedOptions
  readonly dispatcher: Dispatcher
  readonly attribution: () => Attribution
  /** Whether the form still shows an outcome. */
  isShown(): boolean
}

/** Creates what reports the outcomes of a form and starts what follows them. */
export function createFollowUps({
  definition,
  options,
  dispatcher,
  attribution,
  isShown,
}: FollowUpOptions): (event: OutcomeEvent) => FollowUp {
  return (event) => {
    const { outcome, leadId } = event
    const { relay } = options()
    const marks = attribution()
    const ending = findEnding(definition, outcome)
    const redirect = findRedirect(options(), event, marks, ending)
    let stay = (): void => undefined
    if (redirect === undefined) dispatcher.emit(event)
    else stay = redirectSoon(redirect, isShown, (onSent) => dispatcher.emit(event, onSent))
    return {
      ending,
      redirect,
      offers: (ending.offers ?? []).map(({ logo, ...offer }) => ({
        ...offer,
        url: fillLink(offer.url, { leadId, outcome, attribution: marks, erid: offer.erid }),
        logo: logo && findLogo(logo, relay),
      })),
      stay: () => stay(),
      openOffer(index) {
        stay()
        dispatcher.emit({ type: 'offer', offer: index + 1, outcome, leadId })
      },
    }
  }
}

function findEnding({ after = {} }: FormDefinition, outcome: string): Ending {
  const endings: Readonly<Record<string, Ending | undefined>> = after
  return (Object.hasOwn(endings, outcome) ? endings[outcome] : undefined) ?? {}
}

/**
 * Opens an address once the person has seen the result and the goals have been sent. Returns a function that keeps the
 * page. A page that the browser keeps for Back and shows again stays, too.
 */
function redirectSoon(
  address: string,
  isShown: () => boolean,
  emit: (onSent: () => void) => void,
): () => void {
  const sent = new Promise<void>((resolve) => {
    setTimeout(resolve, analyticsTimeoutMs)
    emit(resolve)
  })
  let isOff = false
  const stay = (): void => {
    isOff = true
    removeEventListener('pagehide', stay)
  }
  addEventListener('pagehide', stay)
  setTimeout(() => {
    void sent.then(() => {
      const goes = !isOff && isShown()
      stay()
      if (goes) location.assign(address)
    })
  }, resultShownMs)
  return stay
}

/** The option with the address of the page after an outcome. A stored lead (`queued`) is a success like an accepted one. */
const redirectOptions = {
  accepted: 'redirect',
  queued: 'redirect',
  declined: 'redirectDeclined',
  duplicate: 'redirectDuplicate',
} as const satisfies Readonly<Record<string, keyof ParsedOptions>>

/** The address of the page after an outcome, with its macros filled in. The page's own goes before the definition's. */
export function findRedirect(
  options: ParsedOptions,
  { outcome, leadId }: { readonly outcome: string; readonly leadId: string },
  attribution: Attribution,
  ending: Ending = {},
): string | undefined {
  if (!isRedirecting(outcome)) return undefined
  const address = options[redirectOptions[outcome]] ?? ending.redirect
  return address && fillLink(address, { leadId, outcome, attribution })
}

function isRedirecting(outcome: string): outcome is keyof typeof redirectOptions {
  return Object.hasOwn(redirectOptions, outcome)
}

/** The address of a logo. It comes from the page, its own host or the relay: no other host gets to know of the person. */
function findLogo(logo: string, relay: string | undefined): string | undefined {
  const form =
    relay === undefined ? undefined : parseUrl(relay.replace(/\/?(?:[?#].*)?$/, '/'), location.href)
  const url = parseUrl(logo, form?.href ?? document.baseURI)
  const hosts = [location.origin, form?.origin]
  if (url && (url.protocol === 'data:' || hosts.includes(url.origin))) return url.href
  report(
    'a logo of an offer is left out: expected a file of the page itself or of its relay, or data:image/…',
  )
  return undefined
}
