import type { Fetch } from '../delivery/perform.ts'
import { type FormDefinition, parseDefinition } from '../form/definition.ts'
import { presets } from '../form/presets/presets.ts'
import { suggestion } from '../form/problems.ts'

/** What a page says about a form of its own: the questions, who processes the answers, and the documents. */
export interface OwnForm {
  /** A preset's name, the address of a definition, or the definition, as an object or as JSON. */
  readonly form?: string | object | undefined
  readonly operator?: object | undefined
  readonly policyUrl?: string | undefined
  readonly consents?: object | undefined
  /** Short for the consent to processing alone. */
  readonly consentUrl?: string | undefined
  readonly consentVersion?: string | undefined
  /** A form without an operator and documents is shown, for nothing will be sent. */
  readonly test?: boolean | undefined
}

/** A definition, or all that is wrong with it. */
export type OwnDefinition = { readonly definition: FormDefinition } | { readonly problems: readonly string[] }

/** What stands for the operator and the documents that a form in test mode does not have; never shown. */
const nobody = {
  operator: { name: '?' },
  policyUrl: 'https://example.ru/',
  consents: [{ id: 'processing', required: true, documentUrl: 'https://example.ru/', version: '?' }],
}

/** Reads the definition that a page brings, with its operator and its documents. */
export async function readDefinition(own: OwnForm, fetch: Fetch, baseUrl: string): Promise<OwnDefinition> {
  const found = await findContent(own.form, fetch, baseUrl)
  if ('problem' in found) return { problems: [found.problem] }
  const { operator, policyUrl, consents = shortConsents(own) } = own
  const given = { operator, policyUrl, consents }
  const documents = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const content = { id: 'form', ...found.content, ...documents }
  const missing = own.test ? Object.entries(nobody).filter(([name]) => !(name in content)) : []
  const candidate = { ...content, ...Object.fromEntries(missing) }
  const parsed = parseDefinition(candidate)
  if ('problems' in parsed) return parsed
  const none = { operator: { name: '' }, policyUrl: '', consents: [] }
  const shown = Object.fromEntries(Object.entries(none).filter(([name]) => !(name in content)))
  return { definition: { ...parsed.definition, ...shown } }
}

function shortConsents({ consentUrl, consentVersion }: OwnForm): readonly object[] | undefined {
  if (consentUrl === undefined && consentVersion === undefined) return undefined
  return [{ id: 'processing', required: true, documentUrl: consentUrl, version: consentVersion }]
}

type Found = { readonly content: object } | { readonly problem: string }

const expected = `form: expected the name of a preset (${Object.keys(presets).join(', ')}), the address of a definition, or the definition itself`

async function findContent(form: OwnForm['form'], fetch: Fetch, baseUrl: string): Promise<Found> {
  if (form === undefined) return { problem: expected }
  if (typeof form === 'object') return { content: form }
  const preset = Object.hasOwn(presets, form) ? presets[form] : undefined
  if (preset) return { content: preset }
  if (form.trim().startsWith('{')) return contentOf(form)
  // An address has a slash or ends in .json; anything else was meant as a name.
  if (!/\/|\.json$/.test(form)) return { problem: expected + suggestion(form, Object.keys(presets)) }
  try {
    const { href } = new URL(form, baseUrl)
    const response = await fetch(href, { credentials: 'omit' })
    return response.ok
      ? contentOf(await response.text())
      : { problem: `form: ${href} answered ${response.status}` }
  } catch {
    return { problem: `form: nothing could be fetched from ${form}` }
  }
}

function contentOf(text: string): Found {
  try {
    const content: unknown = JSON.parse(text)
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return { content }
  } catch {
    // Told below.
  }
  return { problem: 'form: expected a JSON object' }
}
