import type { Fetch } from '../delivery/perform.ts'
import type { Preview } from '../delivery/preview.ts'
import { createRelayDelivery, fetchDefinition } from '../delivery/relay-client.ts'
import type { FormDefinition } from '../form/definition.ts'
import { isServedDefinition } from '../form/served-definition.ts'
import { isTold } from '../i18n/is-told.ts'
import type { Delivery } from '../lead/delivery.ts'
import { loadDefinitions, loadStandalone, loadTestMode } from './on-demand.ts'
import type { AnyOptions } from './options/options.ts'
import { SetupError } from './setup-error.ts'
import { tellAuthor } from './tell-author.ts'
import type { TestMode } from './test-part.ts'

/** Where a form comes from, and where its leads go. */
export interface FormSource {
  readonly definition: FormDefinition
  readonly delivery: Delivery
  readonly test?: TestMode
}

const send: Fetch = (url, init) => fetch(url, init)

/** What a page may say about a form that its relay serves. */
const own =
  /^(form|operator|policyUrl|consents|consentUrl|consentVersion|passportExpiry|minimumAge|maximumAge)$/

/** Finds what a form needs; rejects with the reason when it cannot be shown. */
export async function openSource(options: AnyOptions): Promise<FormSource> {
  const { relay = '', provider, form, test } = options
  if (!relay && !(form && (provider || test)))
    throw new SetupError([
      'there is nowhere to send an application to: the option "relay" (attribute data-relay) is missing, or "provider" and "form"',
    ])
  const source: FormSource & { readonly preview?: Preview } =
    provider && !relay
      ? await openOwn(options)
      : {
          definition: await definitionOf(options),
          delivery: createRelayDelivery(relay, { fetch: send, isIssueCode: isTold }),
        }
  if (!test) return source
  const mode = (await loadTestMode(relay)).createTestMode(source.preview ?? (relay || 'https://relay'))
  return { ...source, delivery: mode.delivery, test: mode }
}

async function definitionOf(options: AnyOptions): Promise<FormDefinition> {
  const { relay } = options
  const served = relay ? await fetchDefinition(relay, send) : undefined
  if (relay && !isServedDefinition(served)) throw new TypeError(`${relay} serves no form's definition`)
  if (isServedDefinition(served) && !Object.keys(options).some((name) => own.test(name))) return served
  const { readDefinition } = await loadDefinitions(relay)
  const read = await readDefinition(
    options,
    send,
    document.baseURI,
    isServedDefinition(served) ? served : undefined,
  )
  if ('problems' in read) throw new SetupError(read.problems)
  for (const remark of read.remarks) tellAuthor(remark)
  return read.definition
}

async function openOwn(options: AnyOptions): Promise<FormSource & { readonly preview: Preview }> {
  const { openStandalone } = await loadStandalone()
  const opened = await openStandalone(options, {
    fetch: send,
    now: () => new Date(),
    baseUrl: document.baseURI,
    onProblem: tellAuthor,
  })
  if ('problems' in opened) throw new SetupError(opened.problems)
  return opened
}
