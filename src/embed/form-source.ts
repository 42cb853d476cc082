import type { Preview } from '../delivery/preview.ts'
import { confirmCode, fetchDefinition, sendLead } from '../delivery/relay-client.ts'
import type { Fetch } from '../delivery/perform.ts'
import type { FormDefinition } from '../form/definition.ts'
import { isServedDefinition } from '../form/served-definition.ts'
import type { Delivery } from '../lead/delivery.ts'
import { loadStandalone, loadTestMode } from './on-demand.ts'
import { type Options, OptionsError } from './options.ts'
import type { TestMode } from './test-part.ts'

/** Where a form comes from, and where its leads go. */
export interface FormSource {
  readonly definition: FormDefinition
  readonly delivery: Delivery
  /** Fetches the definition as it is now, where it can change. */
  readonly renew?: () => Promise<FormDefinition>
  readonly test?: TestMode
}

const send: Fetch = (url, init) => fetch(url, init)

/** Finds what a form needs; rejects with the reason when it cannot be shown. */
export async function openSource(options: Options): Promise<FormSource> {
  const { relay = '', test } = options
  const source: FormSource & { readonly preview?: Preview } = relay ? await served(relay) : await own(options)
  if (!test) return source
  const mode = (await loadTestMode(relay)).createTestMode(source.preview ?? relay)
  return { ...source, delivery: mode.delivery, test: mode }
}

async function served(relay: string): Promise<FormSource> {
  const renew = async (): Promise<FormDefinition> => {
    const candidate = await fetchDefinition(relay, send)
    if (isServedDefinition(candidate)) return candidate
    throw new TypeError(`${relay} serves no form's definition`)
  }
  const delivery: Delivery = {
    send: (lead) => sendLead(relay, lead, send),
    confirm: (lead, code) => confirmCode(relay, lead, code, send),
  }
  return { definition: await renew(), delivery, renew }
}

async function own(options: Options): Promise<FormSource & { readonly preview: Preview }> {
  const { openStandalone } = await loadStandalone('')
  const opened = await openStandalone(options, {
    fetch: send,
    now: () => new Date(),
    baseUrl: document.baseURI,
    onProblem: (problem) => console.warn(`Anketa: ${problem}`),
  })
  if ('problems' in opened) throw new OptionsError(`Anketa: ${opened.problems.join('; ')}`)
  return opened
}
