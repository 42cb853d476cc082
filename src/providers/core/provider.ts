import type { GenericSchema } from 'valibot'
import type { FieldIssue } from '../../lead/issue.ts'
import type { Outcome, ReceiverProgress } from '../../lead/outcome.ts'
import type {
  CallContext,
  CampaignField,
  HttpRequest,
  HttpResult,
  LeadContext,
  PatternMatcher,
} from './context.ts'
import type { BaseConfig } from './field-rules.ts'
import type { Parameter } from './parameter.ts'

/** One endpoint: two pure functions over plain data, total on garbage. */
export interface Operation<Config, Context = LeadContext, Answer = Outcome> {
  /** May a request that got no answer be repeated? */
  readonly retry: 'safe' | 'if-not-sent'
  request(config: Config, context: Context): HttpRequest
  outcome(result: HttpResult, config: Config, context: Context): Answer
}

/** What reading a list from a provider came to. */
export type ListResult<Item> =
  | { readonly items: readonly Item[] }
  /** Why there is none, for the operator; holds no credential. */
  | { readonly problem: string; readonly retryable: boolean }

/** An application at a provider that waits for a code, and the code that the person typed. */
export interface ConfirmContext extends CallContext {
  readonly applicationId: string
  readonly code: string
}

/** A token that a provider gives out for a while. */
export type TokenResult =
  | { readonly accessToken: string; readonly expiresInSeconds: number }
  /** `refused`: the credentials are wrong, and the operator has to act. */
  | { readonly problem: string; readonly refused: boolean }

/** What a form has to ask, so that the campaigns take its applications. */
export interface CampaignQuestion {
  /** A field or a composite of ours, or `custom.<wire name>` for what only the campaign knows. */
  readonly name: string
  /** Whether the form asks for it already; then it may no longer be optional. */
  readonly alreadyAsked: boolean
  /** The campaign's own words. */
  readonly hint?: string
  /** What the campaign lets choose from, where the field's values are texts. */
  readonly options?: readonly { readonly value: string; readonly label: string }[]
}

/**
 * What the settings of campaigns mean for a form: for relays, which read them; apart from the adapter, so that no page
 * pays for it.
 */
export interface CampaignRules<Config> {
  /** The campaigns of a destination. */
  campaignIds(config: Config): readonly number[]
  /** What the campaigns require of a form that asks for `asked` (canonical names). */
  questions(
    fields: readonly CampaignField[],
    config: Config,
    asked: ReadonlySet<string>,
    matches?: PatternMatcher,
  ): readonly CampaignQuestion[]
  /** What the operator has to mend, in view of what the campaigns ask for. */
  problems(fields: readonly CampaignField[], config: Config, matches: PatternMatcher): readonly string[]
}

/** The calls of a provider; only the first is everybody's. */
export interface Operations<Config> {
  /** Sends a lead. */
  readonly create: Operation<Config>
  /** Sends the code that confirms an application. */
  readonly confirm?: Operation<Config, ConfirmContext>
  /** Asks how the receivers stand with applications that were taken; answers with what it knows, by application id. */
  readonly status?: Operation<
    Config,
    CallContext & { readonly applicationId: string },
    | { readonly progress: readonly ReceiverProgress[] }
    | { readonly problem: string; readonly retryable: boolean }
  >
  /** Buys a token for the other calls. */
  readonly token?: Operation<Config, CallContext, TokenResult>
  /** The provider's own lists of places. */
  readonly regions?: Operation<Config, CallContext, ListResult<ProviderRegion>>
  readonly cities?: Operation<Config, CallContext, ListResult<ProviderCity>>
  /** What a campaign asks for. */
  readonly settings?: Operation<
    Config,
    CallContext & { readonly campaignId: number },
    ListResult<CampaignField>
  >
}

/** An adapter: no fetch, clock or randomness inside, so that it runs in the relay, a browser and a test alike. */
export interface Provider<Config extends BaseConfig> {
  readonly name: string
  /** Reads a destination's options, credentials already filled in. */
  readonly config: GenericSchema<unknown, Config>
  /** Options that hold a secret: no page gets them, unless its author says so in so many words. */
  readonly secrets: readonly (keyof Config & string)[]
  /**
   * Options that say whose account a destination is, and which of its parts: two destinations of one provider differ in
   * them, and they stay the same through a destination's life. All that are no secret, unless given.
   */
  readonly identity?: readonly (keyof Config & string)[]
  /** Calls that the provider takes within a minute for one account; any number unless given. */
  readonly callsPerMinute?: number
  /** Parameters that tell who calls, written by the adapter itself: out of reach of `fields`. */
  readonly reservedParameters: readonly Parameter<Config>[]
  /** Every other parameter of the call that sends a lead, as its document lists them. */
  parameters(config: Config): readonly Parameter<Config>[]
  /** Ids of the consents without which no lead may be sent: a form that does not ask for them could never deliver one. */
  requiredConsents?(config: Config): readonly string[]
  /** What a lead comes to without a call, where the call must not be made. To be asked before every `create`. */
  precondition?(config: Config, context: LeadContext): Outcome | undefined
  /**
   * What is wrong with a lead's values beside their lengths. Issues with the code `campaign-format` are remarks: each is
   * made once for a value, and passes when the value comes again (see `standingIssues`).
   */
  check?(config: Config, context: LeadContext): readonly FieldIssue[]
  /** Whether an answer, to any of the calls, says that the access token holds no longer: a new one is bought, once. */
  isTokenRejected?(result: HttpResult): boolean
  readonly operations: Operations<Config>
}

/** A region as a provider lists it. */
export interface ProviderRegion {
  /** Tagged by the list: `devtek:40`. */
  readonly id: string
  readonly name: string
  /** 13 digits of KLADR, where the list has them. */
  readonly kladr?: string | undefined
}

/** A city as a provider lists it. */
export interface ProviderCity extends ProviderRegion {
  /** Id of its region, tagged likewise. */
  readonly regionId: string
}
