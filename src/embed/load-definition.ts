import { fetchDefinition } from '../delivery/relay-client.ts'
import type { FormDefinition } from '../form/definition.ts'
import { isServedDefinition } from '../form/served-definition.ts'
import { loadDefinitions } from './on-demand.ts'
import type { AnyOptions } from './options/options.ts'
import { SetupError } from './setup-error.ts'
import { tellAuthor } from './tell-author.ts'

/**
 * The definition that a form's options ask for, or the one that stands inside its element as JSON; rejects with the
 * reason when there is none.
 */
export async function loadDefinition(
  options: AnyOptions,
  inline: string | undefined,
  container: HTMLElement,
): Promise<FormDefinition> {
  const { relay, provider, test } = options
  const form = options.form ?? inline
  if (!relay && !(form && (provider || test))) {
    throw new SetupError([
      'there is nowhere to send an application to: expected the option "relay" (attribute data-relay), or "provider" and "form", or "test" and "form"',
    ])
  }
  const served = relay ? await loadServed(relay) : undefined
  const page = documentsOf(options)
  if (served && !form && Object.keys(page).length === 0) return served

  const { readDefinition, showProblems } = await loadDefinitions(relay)
  const read = await readDefinition({ served, form, page, test: test === true }, (url, init) =>
    fetch(url, init),
  )
  if ('problems' in read)
    throw new SetupError(read.problems, test ? () => showProblems(container, read.problems) : undefined)
  for (const remark of read.remarks) tellAuthor(remark, container)
  return read.definition
}

async function loadServed(relay: string): Promise<FormDefinition> {
  const candidate = await fetchDefinition(relay, (url, init) => fetch(url, init))
  if (isServedDefinition(candidate)) return candidate
  throw new TypeError(`${relay} serves no form's definition`)
}

/** What of a definition stands in options. */
function documentsOf(options: AnyOptions): Partial<FormDefinition> {
  const { operator, policyUrl, consentUrl, consentVersion, passportExpiry, minimumAge, maximumAge } = options
  const single = consentUrl ?? consentVersion
  const consents =
    options.consents ??
    (single
      ? [
          {
            id: 'processing',
            required: true,
            documentUrl: consentUrl ?? '',
            version: consentVersion ?? '',
          },
        ]
      : undefined)
  return Object.fromEntries(
    Object.entries({ operator, policyUrl, consents, passportExpiry, minimumAge, maximumAge }).filter(
      ([, value]) => value !== undefined,
    ),
  )
}
