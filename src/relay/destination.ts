import { safeParse } from 'valibot'
import { problemsOf } from '../form/problems.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { Outcome, Progress } from '../lead/outcome.ts'
import { fieldRuleProblems } from '../providers/field-rule-problems.ts'
import type {
  CallContext,
  CampaignField,
  CampaignQuestion,
  Campaigns,
  ConfirmContext,
  HttpRequest,
  HttpResult,
  ListAnswer,
  Operation,
  PatternMatcher,
  Provider,
  ProviderContext,
} from '../providers/provider.ts'
import { checkLengths, requirementsOf, type WithRules } from '../providers/write-parameters.ts'
import { type Account, accountOf } from './account.ts'
import { credentialMask } from './credential-mask.ts'

/** An operation of a provider with the options of a destination filled in. */
export interface Call<Context, Answer> {
  request(context: Context): HttpRequest
  outcome(result: HttpResult, context: Context): Answer
}

/** What asking for an application's progress came to. */
export type ProgressAnswer =
  | { readonly progress: readonly Progress[] }
  | { readonly problem: string; readonly retryable: boolean }

/** The campaigns of a destination. */
export interface DestinationCampaigns {
  /** Says whose settings they are, for keeping them: the provider at its address. */
  readonly source: string
  readonly ids: readonly number[]
  /** Asks what one of them wants. */
  readonly settings: Call<CallContext & { readonly campaignId: number }, ListAnswer<CampaignField>>
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
export interface Destination extends Call<ProviderContext, Outcome> {
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
  withhold(context: ProviderContext): Outcome | undefined
  /** What of a lead it could not be sent: errors of fields. */
  check(context: ProviderContext): readonly FieldIssue[]
  readonly confirm?: Call<ConfirmContext, Outcome> | undefined
  readonly status?: Call<CallContext & { readonly applicationId: string }, ProgressAnswer> | undefined
  /** The campaigns behind it, where what they ask for can be read. */
  readonly campaigns?: DestinationCampaigns | undefined
  /** A call's text without its credentials, for people to look at. */
  mask(text: string): string
}

/** A destination that has no key yet. */
export type Keyless = Omit<Destination, 'key' | 'formerKeys'> & {
  /** What a key is made of: the options that say whose account it is; and, where that is not enough, all of them. */
  readonly marks: readonly [identity: string, options: string]
}

/** A destination, or what is wrong with its options. */
export type Opened = { readonly destination: Keyless } | { readonly problems: readonly string[] }

/** A provider as the relay opens it. */
export interface Opener {
  /** The names of the options that the provider knows. */
  readonly optionNames: readonly string[]
  /** Joins the provider with its options, or tells what is wrong with them. */
  open(options: unknown): Promise<Opened>
}

/** Providers by the names that a configuration uses. */
export type Openers = Readonly<Record<string, Opener>>

/** Makes a provider known to a relay; a function, so that its options keep their own type. */
export function opener<Config extends WithRules>(
  provider: Provider<Config>,
  campaigns?: Campaigns<Config>,
): Opener {
  const { config: schema } = provider
  const entries: unknown = 'entries' in schema ? schema.entries : undefined
  return {
    optionNames: typeof entries === 'object' && entries !== null ? Object.keys(entries) : [],
    async open(options) {
      const result = safeParse(schema, options)
      if (!result.success) return { problems: problemsOf(schema, result.issues) }
      const config = result.output
      const problems = fieldRuleProblems(config.fields, provider.parameters(config))
      if (problems.length > 0) return { problems }
      return { destination: join(provider, config, await accountOf(provider, config), campaigns) }
    },
  }
}

function join<Config extends WithRules>(
  provider: Provider<Config>,
  config: Config,
  account: Account,
  campaigns: Campaigns<Config> | undefined,
): Keyless {
  const { create, confirm, status, settings } = provider.operations
  const parameters = provider.parameters(config)
  const given: Readonly<Record<string, unknown>> = Object(config)
  const access = provider.access.flatMap(({ type, from }) =>
    type === 'string' && from !== 'fields' && 'option' in from ? [from.option] : [],
  )
  const credentials = [...provider.secrets, ...access].map((name) => given[name])
  const open = Object.keys(given).filter((name) => !provider.secrets.some((secret) => secret === name))
  const markOf = (names: readonly string[]) =>
    JSON.stringify(names.toSorted().map((name) => [name, given[name] ?? null]))
  const bind = <Context, Answer>(operation: Operation<Config, Context, Answer>): Call<Context, Answer> => ({
    request: (context) => operation.request(config, context),
    outcome: (result, context) => operation.outcome(result, config, context),
  })
  return {
    ...bind(create),
    marks: [markOf(provider.identity ?? open), markOf(open)],
    provider: provider.name,
    account,
    retry: create.retry,
    requires: [...new Set(requirementsOf(parameters, config).flatMap(({ names }) => names))],
    consents: provider.consents?.(config) ?? [],
    withhold: (context) => provider.withhold?.(config, context),
    check: (context) => [
      ...checkLengths(parameters, config, context),
      ...(provider.check?.(config, context) ?? []),
    ],
    confirm: confirm && bind(confirm),
    status: status && bind(status),
    campaigns: settings &&
      campaigns && {
        source: JSON.stringify([provider.name, given['baseUrl'] ?? null]),
        ids: campaigns.idsOf(config),
        settings: bind(settings),
        questions: (fields, asked, matches) => campaigns.questions(fields, config, asked, matches),
        problems: (fields, matches) => campaigns.problems(fields, config, matches),
      },
    mask: credentialMask(credentials.filter((value) => typeof value === 'string')),
  }
}
