import { safeParse } from 'valibot'
import { definitionNameOf } from '../../fields/composites.ts'
import { requestedNames } from '../../form/cross-checks.ts'
import type { FormDefinition } from '../../form/definition.ts'
import { formatIssues, didYouMean } from '../../form/format-issues.ts'
import { parseTextOptions, schemaEntries } from '../../providers/core/options/option-texts.ts'
import { validateFieldRules } from '../../providers/core/validate-field-rules.ts'
import { redactedSecret } from '../../providers/core/error-messages.ts'
import { parseProvider } from '../../providers/core/parse-provider.ts'
import type { Provider } from '../../providers/core/provider.ts'
import { requiredFormFields } from '../../providers/core/parameters/source-fields.ts'
import type { BaseConfig } from '../../providers/core/field-rules.ts'

/** The options of a page about the provider of its leads. */
export interface PageProvider {
  /** The name of a provider, or an adapter. */
  readonly provider?: unknown
  /** The provider's own options. They are texts where they come from attributes. */
  readonly providerOptions?: object | undefined
  /** Confirms that everybody who opens the page may read the credential. */
  readonly exposeCredentials?: boolean | undefined
  /** Nothing is sent, so no credential is needed. */
  readonly test?: boolean | undefined
}

/** A provider with its options, or everything that is wrong with them. No problem repeats a value. */
export type OpenProviderResult =
  | {
      readonly provider: Provider<BaseConfig>
      readonly config: BaseConfig
      readonly warnings: readonly string[]
    }
  | { readonly problems: readonly string[] }

/** Checks the provider of a page with its options, and with the form's fields if its definition is valid. */
export function openProvider(
  page: PageProvider,
  known: Readonly<Record<string, unknown>>,
  form: Pick<FormDefinition, 'steps' | 'consents'> | undefined,
): OpenProviderResult {
  const { provider: nameOrAdapter, exposeCredentials, test } = page
  const adapter =
    typeof nameOrAdapter === 'string' ? new Map(Object.entries(known)).get(nameOrAdapter) : nameOrAdapter
  const provider = parseProvider(adapter)
  if (!provider) return { problems: [unknownProviderProblem(nameOrAdapter, Object.keys(known))] }
  const { name, config: schema, secrets } = provider
  const entries = schemaEntries(schema)
  const options = parseTextOptions(page.providerOptions, schema)
  const names = Object.keys(entries).filter((option) => option !== 'provider')
  const problems = Object.keys(options)
    .filter((option) => !names.includes(option))
    .map((option) => `providerOptions.${option}: ${name} has no such option${didYouMean(option, names)}`)
  const exposed = secrets.filter((secret) => options[secret] !== undefined)
  if (exposed.length > 0 && exposeCredentials !== true) problems.push(exposedSecretProblem(name, exposed))
  const placeholders = test ? Object.fromEntries(secrets.map((secret) => [secret, redactedSecret])) : {}
  const parsed = safeParse(schema, { ...placeholders, ...options })
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
    ...[...validateFieldRules(config.fields, parameters), ...(provider.problems?.(config) ?? [])].map(
      (problem) => `providerOptions.${problem}`,
    ),
    ...(form ? missingFromForm(provider, config, form, test === true) : []),
  )
  if (problems.length > 0) return { problems }
  const warnings = exposed.map(
    (secret) =>
      `providerOptions.${secret} can be read by everybody who opens this page, as exposeCredentials allows`,
  )
  return { provider, config, warnings }
}

function unknownProviderProblem(candidate: unknown, names: readonly string[]): string {
  const hint = typeof candidate === 'string' ? didYouMean(candidate, names) : ''
  return `provider: expected the name of a provider (${names.join(', ')}) or an adapter${hint}`
}

function exposedSecretProblem(name: string, secrets: readonly string[]): string {
  const list = secrets.map((secret) => `providerOptions.${secret}`).join(', ')
  return `${list}: a secret of ${name}, which everybody who opens the page could read and use in your name. Keep it on a relay (option "relay"), or set exposeCredentials: true (attribute data-expose-credentials="true") if you accept that`
}

/** What the provider requires and the form does not ask for. */
function missingFromForm(
  provider: Provider<BaseConfig>,
  config: BaseConfig,
  form: Pick<FormDefinition, 'steps' | 'consents'>,
  test: boolean,
): readonly string[] {
  const requested = requestedNames(form)
  const required = requiredFormFields(provider.parameters(config), config).flatMap(({ names }) => names)
  const missing = new Set(required.filter((name) => !requested?.has(name)).map(definitionNameOf))
  const consents = (test ? undefined : provider.requiredConsents?.(config)) ?? []
  const absent = consents.filter((id) => !form.consents.some((consent) => consent.id === id))
  return [
    ...[...missing].map(
      (field) => `form: ${provider.name} accepts no application without ${field}: the form must ask for it`,
    ),
    ...absent.map(
      (id) => `consents: ${provider.name} gets nothing without the consent "${id}": the form must ask for it`,
    ),
  ]
}
