import type { Fetch } from '../delivery/perform.ts'
import type { Preview } from '../delivery/preview.ts'
import { createRelayDelivery, fetchDefinition } from '../delivery/relay-client.ts'
import type { FormDefinition } from '../form/definition.ts'
import { isServedDefinition } from '../form/served-definition.ts'
import type { Delivery } from '../lead/delivery.ts'
import type { IssueCode } from '../lead/issue.ts'
import { loadDefinitions, loadStandalone, loadTestMode } from './on-demand.ts'
import type { AnyOptions } from './options/options.ts'
import { tellAuthor } from './tell-author.ts'
import type { TestMode } from './test-part.ts'

/** Where a form comes from, and where its leads go. */
export interface FormSource {
  readonly definition: FormDefinition
  readonly delivery: Delivery
  readonly test?: TestMode
}

const asked =
  /^(form|operator|policyUrl|consents|consentUrl|consentVersion|passportExpiry|minimumAge|maximumAge)$/

/** Whether a form with another value of an option comes from another source. */
export function isOfSource(option: string): boolean {
  return asked.test(option) || /^(relay|provider|providerOptions|exposeCredentials|test)$/.test(option)
}

/**
 * Finds what a form needs; rejects with the reason when it cannot be shown. `isIssueCode` tells whether the form has a
 * sentence for a code.
 */
export async function openSource(
  options: AnyOptions,
  isIssueCode: (code: unknown) => code is IssueCode,
): Promise<FormSource> {
  const { relay = '', provider, test } = options
  const send: Fetch = (url, init) => fetch(url, init)
  const ports = { fetch: send, now: () => new Date(), baseUrl: document.baseURI, onProblem: tellAuthor }
  const source = await open()
  if (!test) return source
  const mode = (await loadTestMode(relay)).createTestMode(source.preview ?? (relay || 'https://relay'))
  return { ...source, delivery: mode.delivery, test: mode }

  async function open(): Promise<FormSource & { readonly preview?: Preview }> {
    const delivery = createRelayDelivery(relay, { fetch: send, isIssueCode })
    if (relay) {
      const served = await fetchDefinition(relay, send)
      if (!isServedDefinition(served)) throw new TypeError(`${relay} serves no form's definition`)
      const definition = Object.keys(options).some((name) => asked.test(name))
        ? await (await loadDefinitions(relay)).readDefinition(options, ports, served)
        : served
      return { definition, delivery }
    }
    if (provider) return (await loadStandalone()).openStandalone(options, ports)
    if (!test) throw new TypeError('the option "relay" (attribute data-relay) is missing')
    return { definition: await (await loadDefinitions()).readDefinition(options, ports), delivery }
  }
}
