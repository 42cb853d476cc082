import type { Fetch } from '../../delivery/send-http.ts'
import type { DeliveryPreview } from '../../delivery/preview.ts'
import { createRelayDelivery } from '../../delivery/relay-client.ts'
import type { FormDefinition } from '../../form/definition.ts'
import { isServedDefinition } from '../../form/served-definition.ts'
import type { ServedTexts } from '../../i18n/texts.ts'
import type { Delivery } from '../../lead/delivery.ts'
import type { IssueCode } from '../../lead/issue.ts'
import type { ParsedOptions } from '../options/options.ts'
import { hasEffect, isOptionName } from '../options/options-table.ts'
import { report } from '../options/report.ts'
import { loadServedDefinition } from './preloaded.ts'
import type { TestMode } from './test-mode.chunk.ts'

/** The definition of a form, and where its leads go. */
export interface FormSource {
  readonly definition: FormDefinition
  /** Texts that the form needs beyond the common ones, if its relay sends them with the definition. */
  readonly texts?: ServedTexts | undefined
  readonly delivery: Delivery
  readonly test?: TestMode
}

/**
 * Opens the source of a form; rejects with the reason if the form cannot be shown. `isIssueCode` returns whether the
 * form has a text for a code.
 */
export async function openSource(
  options: ParsedOptions,
  isIssueCode: (code: unknown) => code is IssueCode,
): Promise<FormSource> {
  const { relay = '', provider, test } = options
  const send: Fetch = (url, init) => fetch(url, init)
  const deps = { fetch: send, now: () => new Date(), baseUrl: document.baseURI, onProblem: report }
  const source = await open()
  if (!test) return source
  const { createTestMode } = await import('./test-mode.chunk.ts')
  const mode = createTestMode(source.preview ?? (relay || 'https://relay'))
  return { ...source, delivery: mode.delivery, test: mode }

  async function open(): Promise<FormSource & { readonly preview?: DeliveryPreview }> {
    const delivery = createRelayDelivery(relay, { fetch: send, isIssueCode })
    if (relay) {
      const served = await loadServedDefinition(relay, send)
      if (!isServedDefinition(served)) throw new TypeError(`${relay} serves no definition of a form`)
      const definition = Object.keys(options).some(
        (name) => isOptionName(name) && hasEffect(name, 'definition'),
      )
        ? await (await import('./definition.chunk.ts')).loadDefinition(options, deps, served)
        : served
      const texts: ServedTexts | undefined = Reflect.get(served, 'texts')
      return { definition, texts, delivery }
    }
    if (provider) return (await import('./direct.chunk.ts')).loadDirectSource(options, deps)
    if (!test) throw new TypeError('the option "relay" (attribute data-relay) is missing')
    return {
      definition: await (await import('./definition.chunk.ts')).loadDefinition(options, deps),
      delivery,
    }
  }
}
