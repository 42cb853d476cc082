import type { Fetch } from '../../delivery/send-http.ts'
import type { DefinitionFetchDeps } from '../../delivery/relay-client.ts'
import * as requests from '../../delivery/relay-requests.ts'
import { isServedDefinition } from '../../form/served/served-definition.ts'
import type { Delivery, SendResult } from '../../lead/delivery.ts'
import type { IssueCode } from '../../lead/issue.ts'
import type { ParsedOptions } from '../options/options.ts'
import { definesForm } from '../options/options-table.ts'
import { report } from '../options/report.ts'
import type { FormSource } from './form-source.ts'
import type * as pageSource from './source.chunk.ts'
import { loadServedDefinition } from './preloaded.ts'
import { normalizeRelay, trimAddress } from './relay-address.ts'

/** What opening a source needs of its form. */
export interface OpenSourceDeps extends Omit<DefinitionFetchDeps, 'fetch'> {
  /** Whether the form has a text for a code. */
  isIssueCode(code: unknown): code is IssueCode
}

/** Opens the source of a form; rejects with the reason if the form cannot be shown. */
export async function openSource(options: ParsedOptions, deps: OpenSourceDeps): Promise<FormSource> {
  const { relay, test } = options
  // Loaded while the definition comes.
  const page = !relay || test || definesForm(options) ? import('./source.chunk.ts') : undefined
  page?.catch(() => undefined)
  const served = relay ? await loadRelaySource(relay, deps) : undefined
  const chunk = await page?.catch((error: unknown) => {
    if (!served || test) return loadPageSource(error, deps)
    report('what the page changes of the form could not be loaded', error)
    return undefined
  })
  if (chunk) return chunk.openPageSource(options, served)
  if (!served) throw new TypeError('the option "relay" (attribute data-relay) is missing')
  return served
}

/** Loads the file again until it comes, where the form cannot be shown without it. */
async function loadPageSource(error: unknown, { wait, onDelay }: OpenSourceDeps): Promise<typeof pageSource> {
  onDelay(error instanceof Error ? error : new Error(String(error)))
  while (await wait(filePauseMs))
    try {
      return await import('./source.chunk.ts')
    } catch {
      // The next try may succeed.
    }
  throw error
}

const filePauseMs = 5000

async function loadRelaySource(relay: string, deps: OpenSourceDeps): Promise<FormSource> {
  const send: Fetch = (url, init) => fetch(url, init)
  let address = normalizeRelay(relay, report)
  const definition = await loadServedDefinition(address, { ...deps, fetch: send }, (url) => {
    const target = trimAddress(url)
    if (target === address) return
    report(`${address} redirects: name ${target} in its place`)
    // A POST would become a GET.
    address = target
  })
  if (!isServedDefinition(definition)) throw new TypeError(`${address} serves no definition of a form`)
  return {
    definition,
    relay: address,
    texts: Reflect.get(definition, 'texts'),
    looks: Reflect.get(definition, 'looks'),
    statistics: Reflect.get(definition, 'statistics') === true ? `${address}/events` : undefined,
    ...createLazyDelivery(async () => {
      const { createRelayDelivery } = await import('../../delivery/relay-delivery.chunk.ts')
      return createRelayDelivery(address, {
        fetch: send,
        requests,
        isIssueCode: deps.isIssueCode,
      })
    }),
  }
}

/** A delivery that is loaded when a person begins. If that has failed, it is loaded again when a lead is sent. */
function createLazyDelivery(load: () => Promise<Delivery>): Pick<FormSource, 'delivery' | 'prepare'> {
  const withoutDelivery = (): SendResult => ({ outcome: 'failed', code: 'network' })
  return {
    prepare: () => void load().catch(withoutDelivery),
    delivery: {
      send: (lead, signal) => load().then((delivery) => delivery.send(lead, signal), withoutDelivery),
      confirm: (lead, code) => load().then((delivery) => delivery.confirm(lead, code), withoutDelivery),
    },
  }
}
