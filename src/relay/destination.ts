import { type GenericSchema, safeParse } from 'valibot'
import { problemsOf } from '../form/problems.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { Outcome } from '../lead/outcome.ts'
import { fieldRuleProblems } from '../providers/field-rule-problems.ts'
import type { HttpRequest, HttpResult, Operation, Provider, ProviderContext } from '../providers/provider.ts'
import { type ProviderName, providers } from '../providers/registry.ts'
import { checkLengths, requirementsOf, type WithRules } from '../providers/write-parameters.ts'

/** A provider with its options, credentials included: what the courier calls. */
export interface Destination {
  /** Names the destination within its form; stored with every delivery, so it must outlive a restart. */
  readonly key: string
  readonly provider: string
  readonly retry: Operation<unknown>['retry']
  /** The canonical names without which it could never take a lead. */
  readonly requires: readonly string[]
  /** Ids of the consents without which it gets no lead. */
  readonly consents: readonly string[]
  /** What a lead comes to without a call, where none may be made. */
  withhold(context: ProviderContext): Outcome | undefined
  /** What of a lead it could not be sent: errors of fields. */
  check(context: ProviderContext): readonly FieldIssue[]
  request(context: ProviderContext): HttpRequest
  outcome(result: HttpResult, context: ProviderContext): Outcome
}

/** A destination, or what is wrong with its options. */
export type Opened = { readonly destination: Destination } | { readonly problems: readonly string[] }

/** Whether a provider of that name is known. */
export function isProviderName(name: unknown): name is ProviderName {
  return typeof name === 'string' && Object.hasOwn(providers, name)
}

/** The names of the options that a provider knows. */
export function optionNames(provider: ProviderName): readonly string[] {
  const schema: GenericSchema = providers[provider].config
  return 'entries' in schema && typeof schema.entries === 'object' && schema.entries !== null
    ? Object.keys(schema.entries)
    : []
}

/** Joins a provider with its options, or tells what is wrong with them. */
export function openDestination(name: ProviderName, key: string, options: unknown): Opened {
  return openers[name](key, options)
}

type Opener = (key: string, options: unknown) => Opened

const openers: Readonly<Record<ProviderName, Opener>> = {
  devtek: opener(providers.devtek),
  admitad: opener(providers.admitad),
  lotinfo: opener(providers.lotinfo),
  fivecrm: opener(providers.fivecrm),
}

/** One function a provider, so that its options keep their own type. */
function opener<Config extends WithRules>(provider: Provider<Config>): Opener {
  return (key, options) => {
    const result = safeParse(provider.config, options)
    if (!result.success) return { problems: problemsOf(provider.config, result.issues) }
    const config = result.output
    const { create } = provider.operations
    const parameters = provider.parameters(config)
    const problems = fieldRuleProblems(config.fields, parameters)
    if (problems.length > 0) return { problems }
    return {
      destination: {
        key,
        provider: provider.name,
        retry: create.retry,
        requires: [...new Set(requirementsOf(parameters, config).flatMap(({ names }) => names))],
        consents: provider.consents?.(config) ?? [],
        withhold: (context) => provider.withhold?.(config, context),
        check: (context) => [
          ...checkLengths(parameters, config, context),
          ...(provider.check?.(config, context) ?? []),
        ],
        request: (context) => create.request(config, context),
        outcome: (answer, context) => create.outcome(answer, config, context),
      },
    }
  }
}
