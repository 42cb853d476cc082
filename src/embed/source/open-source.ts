import type { Fetch } from '../../delivery/send-http.ts'
import { createRelayDelivery } from '../../delivery/relay-client.ts'
import { isServedDefinition } from '../../form/served-definition.ts'
import type { IssueCode } from '../../lead/issue.ts'
import type { ParsedOptions } from '../options/options.ts'
import { definesForm } from '../options/options-table.ts'
import { report } from '../options/report.ts'
import type { FormSource } from './form-source.ts'
import { loadServedDefinition } from './preloaded.ts'
import { normalizeRelay } from './relay-address.ts'

/**
 * Opens the source of a form; rejects with the reason if the form cannot be shown. `isIssueCode` returns whether the
 * form has a text for a code.
 */
export async function openSource(
  options: ParsedOptions,
  isIssueCode: (code: unknown) => code is IssueCode,
): Promise<FormSource> {
  const { relay, test } = options
  const served = relay ? await loadRelaySource(relay, isIssueCode) : undefined
  if (served && !test && !definesForm(options)) return served
  const { openPageSource } = await import('./source.chunk.ts')
  return openPageSource(options, served)
}

async function loadRelaySource(
  relay: string,
  isIssueCode: (code: unknown) => code is IssueCode,
): Promise<FormSource> {
  const send: Fetch = (url, init) => fetch(url, init)
  let address = normalizeRelay(relay, report)
  const definition = await loadServedDefinition(address, send, (url) => {
    report(`${address} redirects: name ${url} in its place`)
    // A POST would become a GET.
    address = normalizeRelay(url)
  })
  if (!isServedDefinition(definition)) throw new TypeError(`${relay} serves no definition of a form`)
  return {
    definition,
    texts: Reflect.get(definition, 'texts'),
    delivery: createRelayDelivery(address, { fetch: send, isIssueCode }),
  }
}
