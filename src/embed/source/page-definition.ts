import type { Fetch } from '../../delivery/send-http.ts'
import { timeoutSignal } from '../../delivery/timeout-signal.ts'
import { type FormDefinition, parseDefinition, parseFieldChanges } from '../../form/definition.ts'
import { narrowDefinition, narrowFields } from '../../form/narrow-definition.ts'
import { omitServed } from '../../form/served/served-definition.ts'
import { presets } from '../../form/presets/presets.ts'
import { didYouMean } from '../../form/format-issues.ts'
import { isRecord, parseJson } from '../../providers/core/json.ts'
import { SetupError } from './setup-error.ts'

/** What a page defines of its form: the fields, the operator, the documents, the limits. */
export interface PageForm {
  /** The name of a preset, the URL of a definition, or the definition, as an object or as JSON. */
  readonly form?: string | object | undefined
  readonly operator?: object | undefined
  readonly policyUrl?: string | undefined
  readonly consents?: readonly object[] | undefined
  /** Short form for a single consent to processing. */
  readonly consentUrl?: string | undefined
  readonly consentVersion?: string | undefined
  readonly passportExpiry?: string | undefined
  readonly minimumAge?: number | undefined
  readonly maximumAge?: number | undefined
  /** Changes of single fields, unchecked. */
  readonly fields?: object | undefined
  /** Shows a form even without an operator and documents, for nothing is sent. */
  readonly test?: boolean | undefined
}

/** A definition, or everything that is wrong with it. */
export type DefinitionResult =
  | { readonly definition: FormDefinition }
  | { readonly problems: readonly string[] }

/** What resolving a definition needs from outside. */
export interface DefinitionDeps {
  readonly fetch: Fetch
  /** Relative URLs are resolved against it. */
  readonly baseUrl: string
}

/** Replaces the operator and the documents that a form in test mode does not have. Never shown. */
const placeholderDocuments = {
  operator: { name: '?' },
  policyUrl: 'https://example.ru/',
  consents: [{ id: 'processing', required: true, documentUrl: 'https://example.ru/', version: '?' }],
}

/**
 * Resolves the definition of a page, with its operator and its documents. Beside a relay a page may only narrow what the
 * relay serves, or repeat it.
 */
export async function resolveDefinition(
  page: PageForm,
  deps: DefinitionDeps,
  served?: FormDefinition,
): Promise<DefinitionResult> {
  const result = await resolveWithoutFields(page, deps, served)
  if ('problems' in result || page.fields === undefined) return result
  const parsed = parseFieldChanges(page.fields)
  return 'problems' in parsed ? parsed : narrowFields(result.definition, parsed.changes)
}

async function resolveWithoutFields(
  page: PageForm,
  { fetch, baseUrl }: DefinitionDeps,
  served?: FormDefinition,
): Promise<DefinitionResult> {
  const isComplete = !served || page.form !== undefined
  const loaded = isComplete ? await loadContent(page.form, fetch, baseUrl) : { content: {} }
  if ('problem' in loaded) return { problems: [loaded.problem] }
  const pageParts = { ...loaded.content, ...definedParts(page) }
  const defaults = served
    ? { id: 'form', steps: [{ id: 'form', title: 'form', fields: ['phone'] }], ...placeholderDocuments }
    : { id: 'form', ...(page.test ? placeholderDocuments : {}) }
  const parsed = parseDefinition({ ...defaults, ...pageParts })
  if ('problems' in parsed) return parsed
  const overrides = Object.fromEntries(
    Object.entries(parsed.definition).filter(([name]) => name in pageParts),
  )
  // The served definition may be newer than this script, so it is not checked.
  if (served) return narrowDefinition(served, overrides)
  const base = page.test ? { operator: { name: '' }, policyUrl: '', consents: [] } : {}
  return { definition: { ...parsed.definition, ...base, ...overrides } }
}

function definedParts(page: PageForm): object {
  const {
    operator,
    policyUrl,
    consents = consentFromUrl(page),
    passportExpiry,
    minimumAge,
    maximumAge,
  } = page
  const parts = { operator, policyUrl, consents, passportExpiry, minimumAge, maximumAge }
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
}

function consentFromUrl({ consentUrl, consentVersion }: PageForm): readonly object[] | undefined {
  if (consentUrl === undefined && consentVersion === undefined) return undefined
  return [{ id: 'processing', required: true, documentUrl: consentUrl, version: consentVersion }]
}

type ContentResult = { readonly content: object } | { readonly problem: string }

const expectedForm = `form: expected the name of a preset (${Object.keys(presets).join(', ')}), the URL of a definition, or the definition itself`

async function loadContent(form: PageForm['form'], fetch: Fetch, baseUrl: string): Promise<ContentResult> {
  if (form === undefined) return { problem: expectedForm }
  if (typeof form === 'object') return { content: form }
  const preset = Object.hasOwn(presets, form) ? presets[form] : undefined
  if (preset) return { content: preset }
  if (form.trim().startsWith('{')) return parseContent(form)
  // A URL has a slash or ends in .json. Anything else is taken for a name.
  if (!/\/|\.json$/.test(form)) return { problem: expectedForm + didYouMean(form, Object.keys(presets)) }
  const { signal, stop } = timeoutSignal(15_000)
  try {
    const { href } = new URL(form, baseUrl)
    const response = await fetch(href, { credentials: 'omit', signal })
    if (!response.ok) return { problem: `form: ${href} answered ${response.status}` }
    const result = parseContent(await response.text())
    return 'content' in result ? { content: omitServed(result.content) } : result
  } catch {
    return { problem: `form: could not fetch ${form}` }
  } finally {
    stop()
  }
}

function parseContent(text: string): ContentResult {
  const content = parseJson(text)
  return isRecord(content) ? { content } : { problem: 'form: expected a JSON object' }
}

/** Resolves the definition of a page; rejects with a {@link SetupError} that lists everything that is wrong. */
export async function loadDefinition(
  page: PageForm,
  deps: DefinitionDeps,
  served?: FormDefinition,
): Promise<FormDefinition> {
  const result = await resolveDefinition(page, deps, served)
  if ('problems' in result) throw new SetupError(result.problems)
  return result.definition
}
