import { type GenericSchema, safeParse } from 'valibot'
import { definitionNameOf } from '../../fields/composites.ts'
import { requestedNames } from '../../form/cross-checks.ts'
import type { FormDefinition } from '../../form/definition.ts'
import { formatIssues, didYouMean } from '../../form/format-issues.ts'
import { validateFieldRules } from '../../providers/core/validate-field-rules.ts'
import { parseProvider } from '../../providers/core/parse-provider.ts'
import type { Provider } from '../../providers/core/provider.ts'
import { requiredFormFields } from '../../providers/core/write-parameters.ts'
import type { BaseConfig } from '../../providers/core/field-rules.ts'

/** What a page says about the provider that its leads go to. */
export interface PageProvider {
  /** A provider's name, or an adapter. */
  readonly provider?: unknown
  /** The provider's own options; texts, where attributes hold them. */
  readonly providerOptions?: object | undefined
  /** That the credential may be read by everybody who opens the page. */
  readonly exposeCredentials?: boolean | undefined
  /** Nothing is sent, so that no credential is needed. */
  readonly test?: boolean | undefined
}

/** A provider with its options, or all that is wrong with them; no problem repeats a value. */
export type OpenProviderResult =
  | {
      readonly provider: Provider<BaseConfig>
      readonly config: BaseConfig
      readonly warnings: readonly string[]
    }
  | { readonly problems: readonly string[] }

/** Joins a page's provider with its options, in view of what the form asks for, where that could be read. */
export function openProvider(
  own: PageProvider,
  known: Readonly<Record<string, unknown>>,
  asks: Pick<FormDefinition, 'steps' | 'consents'> | undefined,
): OpenProviderResult {
  const { provider: named, exposeCredentials, test } = own
  const adapter = typeof named === 'string' ? (Object.hasOwn(known, named) ? known[named] : undefined) : named
  const provider = parseProvider(adapter)
  if (!provider) return { problems: [unknownProviderProblem(named, Object.keys(known))] }
  const { name, config: schema, secrets } = provider
  const entries = schemaEntries(schema)
  const given = parseTextOptions(own.providerOptions, entries)
  const names = Object.keys(entries).filter((option) => option !== 'provider')
  const problems = Object.keys(given)
    .filter((option) => !names.includes(option))
    .map((option) => `providerOptions.${option}: ${name} has no such option${didYouMean(option, names)}`)
  const exposed = secrets.filter((secret) => given[secret] !== undefined)
  if (exposed.length > 0 && exposeCredentials !== true) problems.push(exposedSecretProblem(name, exposed))
  const hidden = test ? Object.fromEntries(secrets.map((secret) => [secret, '***'])) : {}
  const parsed = safeParse(schema, { ...hidden, ...given })
  if (!parsed.success) {
    return {
      problems: [
        ...problems,
        ...formatIssues(schema, parsed.issues).map((problem) => `providerOptions.${problem}`),
      ],
    }
  }
  const config = parsed.output
  const parameters = provider.parameters(config)
  problems.push(
    ...validateFieldRules(config.fields, parameters).map((problem) => `providerOptions.${problem}`),
    ...(asks ? missingFromForm(provider, config, asks, test === true) : []),
  )
  if (problems.length > 0) return { problems }
  const warnings = exposed.map(
    (secret) =>
      `providerOptions.${secret} can be read by everybody who opens this page, as exposeCredentials allows`,
  )
  return { provider, config, warnings }
}

function unknownProviderProblem(given: unknown, names: readonly string[]): string {
  const hint = typeof given === 'string' ? didYouMean(given, names) : ''
  return `provider: expected the name of a provider (${names.join(', ')}) or an adapter${hint}`
}

function exposedSecretProblem(name: string, secrets: readonly string[]): string {
  const list = secrets.map((secret) => `providerOptions.${secret}`).join(', ')
  return `${list}: a secret of ${name}, which everybody who opens the page could read and use in your name. Let a relay hold it (option "relay"), or say exposeCredentials: true (attribute data-expose-credentials="true") if you accept that`
}

/** What the provider cannot do without and the form does not ask for. */
function missingFromForm(
  provider: Provider<BaseConfig>,
  config: BaseConfig,
  form: Pick<FormDefinition, 'steps' | 'consents'>,
  test: boolean,
): readonly string[] {
  const asked = requestedNames(form)
  const required = requiredFormFields(provider.parameters(config), config).flatMap(({ names }) => names)
  const missing = new Set(required.filter((name) => !asked?.has(name)).map(definitionNameOf))
  const consents = (test ? undefined : provider.requiredConsents?.(config)) ?? []
  const unticked = consents.filter((id) => !form.consents.some((consent) => consent.id === id))
  return [
    ...[...missing].map(
      (field) => `form: ${provider.name} accepts no application without ${field}: the form must ask for it`,
    ),
    ...unticked.map(
      (id) => `consents: ${provider.name} gets nothing without the consent "${id}": the form must ask for it`,
    ),
  ]
}

function schemaEntries(schema: GenericSchema): Readonly<Record<string, GenericSchema>> {
  const { entries = {} }: { readonly entries?: Readonly<Record<string, GenericSchema>> } = Object(schema)
  return entries
}

/** Attributes hold texts only: one that an option does not take is read as JSON, `123` as a number. */
function parseTextOptions(
  options: object = {},
  entries: Readonly<Record<string, GenericSchema>>,
): Readonly<Record<string, unknown>> {
  const given: Record<string, unknown> = { ...options }
  for (const [name, value] of Object.entries(given)) {
    const entry = entries[name]
    if (typeof value !== 'string' || !entry || safeParse(entry, value).success) continue
    try {
      given[name] = JSON.parse(value)
    } catch {
      // It stays the text that it is, and the schema says what was expected.
    }
  }
  return given
}
