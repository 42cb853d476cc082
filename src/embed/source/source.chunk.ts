import type { DeliveryPreview } from '../../delivery/preview.ts'
import type { Fetch } from '../../delivery/send-http.ts'
import type { ParsedOptions } from '../options/options.ts'
import { definesForm } from '../options/options-table.ts'
import { report } from '../options/report.ts'
import type { FormSource } from './form-source.ts'
import { loadDefinition } from './page-definition.ts'
import { createTestMode } from './test-mode.ts'

export { showProblems } from './setup-error.ts'

/**
 * Opens the source of a form that a page defines, sends to a provider or tests; rejects with what is wrong with the
 * options. `served` comes from the form's relay, if it has one. Loaded on demand.
 */
export async function openPageSource(options: ParsedOptions, served?: FormSource): Promise<FormSource> {
  const { relay, provider, test } = options
  const send: Fetch = (url, init) => fetch(url, init)
  const deps = { fetch: send, now: () => new Date(), baseUrl: document.baseURI, onProblem: report }
  if (served) {
    const source = definesForm(options)
      ? { ...served, definition: await loadDefinition(options, deps, served.definition) }
      : served
    return test && relay ? inTestMode(source, relay) : source
  }
  if (provider) {
    const { loadDirectSource } = await import('./direct-source.chunk.ts')
    const source = await loadDirectSource(options, deps)
    return test ? inTestMode(source, source.preview) : source
  }
  if (!test) throw new TypeError('the option "relay" (attribute data-relay) is missing')
  return inTestMode({ definition: await loadDefinition(options, deps) }, 'https://relay')
}

/** Shows the requests to a relay or a provider in place of sending them. */
function inTestMode(source: Omit<FormSource, 'delivery'>, target: string | DeliveryPreview): FormSource {
  const test = createTestMode(target)
  return { ...source, delivery: test.delivery, test }
}
