import { safeParse } from 'valibot'
import { formatIssues } from '../../form/format-issues.ts'
import type { FieldIssue } from '../../lead/issue.ts'
import type { Outcome, ReceiverProgress } from '../../lead/outcome.ts'
import { validateFieldRules } from '../../providers/core/validate-field-rules.ts'
import type {
  CampaignQuestion,
  CampaignRules,
  ConfirmContext,
  ListResult,
  Operation,
  Provider,
} from '../../providers/core/provider.ts'
import type {
  CallContext,
  CampaignField,
  HttpRequest,
  HttpResult,
  PatternMatcher,
  LeadContext,
} from '../../providers/core/context.ts'
import { checkLengths, requiredFormFields } from '../../providers/core/write-parameters.ts'
import type { BaseConfig } from '../../providers/core/field-rules.ts'
import { type Account, createAccount } from './account.ts'
import type { ListSource } from '../places/list-source.ts'
import { createRedactor } from './redact.ts'

/** An operation of a provider with the options of a destination filled in. */
export interface BoundOperation<Context, Answer> {
  request(context: Context): HttpRequest
  outcome(result: HttpResult, context: Context): Answer
}

/** What asking for an application's progress came to. */
export type StatusAnswer =
  | { readonly progress: readonly ReceiverProgress[] }
  | { readonly problem: string; readonly retryable: boolean }

/** The campaigns of a destination. */
export interface DestinationCampaigns {
  /** Says whose settings they are, for keeping them: the provider at its address. */
  readonly source: string
  readonly ids: readonly number[]
  /** Asks what one of them wants. */
  readonly settings: BoundOperation<CallContext & { readonly campaignId: number }, ListResult<CampaignField>>
  /** What they require of a form that asks for `asked` (canonical names). */
  questions(
    fields: readonly CampaignField[],
    asked: ReadonlySet<string>,
    matches: PatternMatcher | undefined,
  ): readonly CampaignQuestion[]
  /** What the operator has to mend, in view of what they ask for. */
  problems(fields: readonly CampaignField[], matches: PatternMatcher): readonly string[]
}

/** A provider with its options, credentials included: what the courier calls. */
export interface Destination extends BoundOperation<LeadContext, Outcome> {
  /** Names the destination within its form; stored with every delivery, so it must outlive a restart. */
  readonly key: string
  /** Other keys that deliveries to it may be stored under. */
  readonly formerKeys: readonly string[]
  readonly provider: string
  readonly account: Account
  /** May a request that sends a lead be repeated when it got no answer? */
  readonly retry: Operation<unknown>['retry']
  /** The canonical names without which it could never take a lead. */
  readonly requires: readonly string[]
  /** Ids of the consents without which it gets no lead. */
  readonly consents: readonly string[]
  /** What a lead comes to without a call, where none may be made. */
  precondition(context: LeadContext): Outcome | undefined
  /** What of a lead it could not be sent: errors of fields. */
  check(context: LeadContext): readonly FieldIssue[]
  readonly confirm?: BoundOperation<ConfirmContext, Outcome> | undefined
  readonly status?: BoundOperation<CallContext & { readonly applicationId: string }, StatusAnswer> | undefined
  /** The provider's lists of places, where it has them. */
  readonly places?: ListSource | undefined
  /** The campaigns behind it, where what they ask for can be read. */
  readonly campaigns?: DestinationCampaigns | undefined
  /** A call's text without its credentials, for people to look at. */
  redact(text: string): string
}

/** A destination that has no key yet. */
export type UnkeyedDestination = Omit<Destination, 'key' | 'formerKeys'> & {
  /** What a key is made of: the options that say whose account it is; and, where that is not enough, all of them. */
  readonly marks: readonly [identity: string, options: string]
}

/** A destination, or what is wrong with its options. */
export type DestinationResult =
  | { readonly destination: UnkeyedDestination }
  | { readonly problems: readonly string[] }

/** A provider as the relay opens it. */
export interface BoundProvider {
  /** The names of the options that the provider knows. */
  readonly optionNames: readonly string[]
  /** Joins the provider with its options, or tells what is wrong with them. */
  createDestination(options: unknown): Promise<DestinationResult>
}

/** Providers by the names that a configuration uses. */
export type ProviderBindings = Readonly<Record<string, BoundProvider>>

/** Makes a provider known to a relay; a function, so that its options keep their own type. */
export function bindProvider<Config extends BaseConfig>(
  provider: Provider<Config>,
  campaigns?: CampaignRules<Config>,
): BoundProvider {
  const { config: schema } = provider
  const entries: unknown = 'entries' in schema ? schema.entries : undefined
  return {
    optionNames: typeof entries === 'object' && entries !== null ? Object.keys(entries) : [],
    async createDestination(options) {
      const result = safeParse(schema, options)
      if (!result.success) return { problems: formatIssues(schema, result.issues) }
      const config = result.output
      const problems = validateFieldRules(config.fields, provider.parameters(config))
      if (problems.length > 0) return { problems }
      return {
        destination: bindDestination(provider, config, await createAccount(provider, config), campaigns),
      }
    },
  }
}

function bindDestination<Config extends BaseConfig>(
  provider: Provider<Config>,
  config: Config,
  account: Account,
  campaigns: CampaignRules<Config> | undefined,
): UnkeyedDestination {
  const { create, confirm, status, settings, regions, cities } = provider.operations
  const parameters = provider.parameters(config)
  const given: Readonly<Record<string, unknown>> = Object(config)
  const access = provider.reservedParameters.flatMap(({ type, from }) =>
    type === 'string' && from !== 'fields' && 'option' in from ? [from.option] : [],
  )
  const credentials = [...provider.secrets, ...access].map((name) => given[name])
  const open = Object.keys(given).filter((name) => !provider.secrets.some((secret) => secret === name))
  const markOf = (names: readonly string[]) =>
    JSON.stringify(names.toSorted().map((name) => [name, given[name] ?? null]))
  const bind = <Context, Answer>(
    operation: Operation<Config, Context, Answer>,
  ): BoundOperation<Context, Answer> => ({
    request: (context) => operation.request(config, context),
    outcome: (result, context) => operation.outcome(result, config, context),
  })
  return {
    ...bind(create),
    marks: [markOf(provider.identity ?? open), markOf(open)],
    provider: provider.name,
    account,
    retry: create.retry,
    requires: [...new Set(requiredFormFields(parameters, config).flatMap(({ names }) => names))],
    consents: provider.requiredConsents?.(config) ?? [],
    precondition: (context) => provider.precondition?.(config, context),
    check: (context) => [
      ...checkLengths(parameters, config, context),
      ...(provider.check?.(config, context) ?? []),
    ],
    confirm: confirm && bind(confirm),
    status: status && bind(status),
    places: regions && cities && createListSource(bind(regions), bind(cities)),
    campaigns: settings &&
      campaigns && {
        source: JSON.stringify([provider.name, given['baseUrl'] ?? null]),
        ids: campaigns.campaignIds(config),
        settings: bind(settings),
        questions: (fields, asked, matches) => campaigns.questions(fields, config, asked, matches),
        problems: (fields, matches) => campaigns.problems(fields, config, matches),
      },
    redact: createRedactor(credentials.filter((value) => typeof value === 'string')),
  }
}

function createListSource(regions: ListSource['regions'], cities: ListSource['cities']): ListSource {
  // Whoever asks at the same address gets the same list; what else an address may hold is left out.
  const [source = ''] = cities.request({ now: new Date(0) }).url.split('?')
  return { source, regions, cities }
}
