import type { Fetch } from '../../delivery/send-http.ts'
import { type FormDefinition, parseDefinition } from '../../form/definition.ts'
import { presets } from '../../form/presets/presets.ts'
import { didYouMean } from '../../form/format-issues.ts'
import { SetupError } from './setup-error.ts'

/** What a page says about a form: the questions, who processes the answers, the documents, the limits. */
export interface PageForm {
  /** A preset's name, the address of a definition, or the definition, as an object or as JSON. */
  readonly form?: string | object | undefined
  readonly operator?: object | undefined
  readonly policyUrl?: string | undefined
  readonly consents?: readonly object[] | undefined
  /** Short for the consent to processing alone. */
  readonly consentUrl?: string | undefined
  readonly consentVersion?: string | undefined
  readonly passportExpiry?: string | undefined
  readonly minimumAge?: number | undefined
  readonly maximumAge?: number | undefined
  /** A form without an operator and documents is shown, for nothing will be sent. */
  readonly test?: boolean | undefined
}

/** A definition, or all that is wrong with it. */
export type DefinitionResult =
  | { readonly definition: FormDefinition }
  | { readonly problems: readonly string[] }

/** What reading a definition needs from outside. */
export interface DefinitionDeps {
  readonly fetch: Fetch
  /** Addresses are relative to it. */
  readonly baseUrl: string
  /** Told what the page's author should look at. */
  onProblem(problem: string): void
}

/** What stands for the operator and the documents that a form in test mode does not have; never shown. */
const placeholderDocuments = {
  operator: { name: '?' },
  policyUrl: 'https://example.ru/',
  consents: [{ id: 'processing', required: true, documentUrl: 'https://example.ru/', version: '?' }],
}

/**
 * Reads the definition that a page brings, with its operator and its documents. What it does not say is as the relay
 * serves it, where there is one; that may be newer than this script, and is the relay's to check.
 */
export async function resolveDefinition(
  own: PageForm,
  { fetch, baseUrl, onProblem }: DefinitionDeps,
  served?: FormDefinition,
): Promise<DefinitionResult> {
  const isWhole = !served || own.form !== undefined
  const found = isWhole ? await loadContent(own.form, fetch, baseUrl) : { content: {} }
  if ('problem' in found) return { problems: [found.problem] }
  const given = { ...found.content, ...definedParts(own) }
  const absent = served
    ? { id: 'form', steps: [{ id: 'form', title: 'form', fields: ['phone'] }], ...placeholderDocuments }
    : { id: 'form', ...(own.test ? placeholderDocuments : {}) }
  const parsed = parseDefinition({ ...absent, ...given })
  if ('problems' in parsed) return parsed
  const kept = served ?? (own.test ? { operator: { name: '' }, policyUrl: '', consents: [] } : {})
  const read = Object.entries(parsed.definition).filter(([name]) => name in given)
  if (served && 'consents' in given && !haveSameConsents(parsed.definition, served))
    onProblem('consents: expected those of the relay, which refuses an application with others')
  return { definition: { ...parsed.definition, ...kept, ...Object.fromEntries(read) } }
}

function definedParts(own: PageForm): object {
  const { operator, policyUrl, consents = consentFromUrl(own), passportExpiry, minimumAge, maximumAge } = own
  const said = { operator, policyUrl, consents, passportExpiry, minimumAge, maximumAge }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}

function consentFromUrl({ consentUrl, consentVersion }: PageForm): readonly object[] | undefined {
  if (consentUrl === undefined && consentVersion === undefined) return undefined
  return [{ id: 'processing', required: true, documentUrl: consentUrl, version: consentVersion }]
}

function haveSameConsents(one: FormDefinition, other: FormDefinition): boolean {
  const signed = ({ consents }: FormDefinition): string =>
    consents
      .map(({ id, documentUrl, version }) => [id, documentUrl, version].join(' '))
      .sort()
      .join()
  return signed(one) === signed(other)
}

type ContentResult = { readonly content: object } | { readonly problem: string }

const expectedForm = `form: expected the name of a preset (${Object.keys(presets).join(', ')}), the address of a definition, or the definition itself`

async function loadContent(form: PageForm['form'], fetch: Fetch, baseUrl: string): Promise<ContentResult> {
  if (form === undefined) return { problem: expectedForm }
  if (typeof form === 'object') return { content: form }
  const preset = Object.hasOwn(presets, form) ? presets[form] : undefined
  if (preset) return { content: preset }
  if (form.trim().startsWith('{')) return parseContent(form)
  // An address has a slash or ends in .json; anything else was meant as a name.
  if (!/\/|\.json$/.test(form)) return { problem: expectedForm + didYouMean(form, Object.keys(presets)) }
  try {
    const { href } = new URL(form, baseUrl)
    const response = await fetch(href, { credentials: 'omit' })
    return response.ok
      ? parseContent(await response.text())
      : { problem: `form: ${href} answered ${response.status}` }
  } catch {
    return { problem: `form: nothing could be fetched from ${form}` }
  }
}

function parseContent(text: string): ContentResult {
  try {
    const content: unknown = JSON.parse(text)
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return { content }
  } catch {
    // Told below.
  }
  return { problem: 'form: expected a JSON object' }
}

// The part of the script that is loaded for what a page itself says about its form.

export { showProblems } from './setup-error.ts'

/** Reads the definition that a page brings; rejects with all that is wrong with it. */
export async function loadDefinition(
  own: PageForm,
  ports: DefinitionDeps,
  served?: FormDefinition,
): Promise<FormDefinition> {
  const found = await resolveDefinition(own, ports, served)
  if ('problems' in found) throw new SetupError(found.problems)
  return found.definition
}
