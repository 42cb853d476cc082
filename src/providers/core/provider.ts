import type { GenericSchema } from 'valibot'
import type { FieldIssue } from '../../lead/issue.ts'
import type { Outcome, ReceiverProgress } from '../../lead/outcome.ts'
import type { Receiver } from '../../lead/receiver.ts'
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

/** A call of a provider's API: two pure functions over plain data. `outcome` accepts any response and never throws. */
export interface Operation<Config, Context = LeadContext, Answer = Outcome> {
  /** Whether a request without a response may be repeated. */
  readonly retry: 'safe' | 'if-not-sent'
  request(config: Config, context: Context): HttpRequest
  outcome(result: HttpResult, config: Config, context: Context): Answer
}

/** The result of reading a list from a provider. */
export type ListResult<Item> =
  | { readonly items: readonly Item[] }
  /** Why there is no list, for the operator. Holds no credential. */
  | { readonly problem: string; readonly retryable: boolean }

/**
 * The context of a confirmation: the provider's application that waits for a code, and the code that the person typed.
 */
export interface ConfirmContext extends CallContext {
  readonly applicationId: string
  readonly code: string
}

/** The result of a request for a short-lived access token. */
export type TokenResult =
  | { readonly accessToken: string; readonly expiresInSeconds: number }
  /** `refused`: the credentials are wrong and the operator must correct them. */
  | { readonly problem: string; readonly refused: boolean }

/** A question that a form must ask so that the campaigns accept its applications. */
export interface CampaignQuestion {
  /** A field or a composite, or `custom.<wire name>` for a parameter that only the campaign defines. */
  readonly name: string
  /** Whether the form already asks for it. The field must then become required. */
  readonly alreadyAsked: boolean
  /** The campaign's own text. */
  readonly hint?: string
  /** The campaign's own options, for fields with text values. */
  readonly options?: readonly { readonly value: string; readonly label: string }[]
}

/**
 * What the settings of campaigns mean for a form. Only relays read the settings, so this is separate from the adapter
 * and adds nothing to the size of a page.
 */
export interface CampaignRules<Config> {
  /** The campaigns of a destination. */
  campaignIds(config: Config): readonly number[]
  /** The questions that the campaigns require of a form that asks for `askedNames` (canonical names). */
  questions(
    fields: readonly CampaignField[],
    config: Config,
    askedNames: ReadonlySet<string>,
    matches?: PatternMatcher,
  ): readonly CampaignQuestion[]
  /** What the operator must correct in the configuration because of the campaigns' requirements. */
  problems(fields: readonly CampaignField[], config: Config, matches: PatternMatcher): readonly string[]
}

/** The calls of a provider. Only `create` is required. */
export interface Operations<Config> {
  /** Sends a lead. */
  readonly create: Operation<Config>
  /** Sends the code that confirms an application. */
  readonly confirm?: Operation<Config, ConfirmContext>
  /** Fetches the status of an accepted application at each of its receivers. */
  readonly status?: Operation<
    Config,
    CallContext & { readonly applicationId: string },
    | { readonly progress: readonly ReceiverProgress[] }
    | { readonly problem: string; readonly retryable: boolean }
  >
  /** Requests an access token for the other calls. */
  readonly token?: Operation<Config, CallContext, TokenResult>
  /** The provider's own lists of places. */
  readonly regions?: Operation<Config, CallContext, ListResult<ProviderRegion>>
  readonly cities?: Operation<Config, CallContext, ListResult<ProviderCity>>
  /** The fields that a campaign requires. */
  readonly settings?: Operation<
    Config,
    CallContext & { readonly campaignId: number },
    ListResult<CampaignField>
  >
}

/** A consent that an option names. */
export interface NamedConsent {
  /** The path in the options: `fields.agreed.with`. */
  readonly path: string
  readonly id: string
}

/** An adapter. It uses no fetch, clock or randomness, so it runs in the relay, in a browser and in tests alike. */
export interface Provider<Config extends BaseConfig> {
  readonly name: string
  /** The schema of a destination's options, with credentials resolved. */
  readonly config: GenericSchema<unknown, Config>
  /** Options that hold a secret. A page may use them only with `exposeCredentials`. */
  readonly secrets: readonly (keyof Config & string)[]
  /**
   * Options that identify the account of a destination and the part of it. Two destinations of one provider differ in
   * them, and they do not change during a destination's life. By default all options that are not secret.
   */
  readonly identity?: readonly (keyof Config & string)[]
  /**
   * Options that may hold a secret among other things: the option itself (`url`), or every member of it (`headers.*`). A
   * secret is written as `{ secret: '…' }`.
   */
  readonly secretPaths?: readonly string[]
  /** Whether the option `name` names the destination, as its id does. */
  readonly isNamed?: true
  /** The secrets of {@link secretPaths}, which are redacted wherever a request is shown. */
  credentials?(config: Config): readonly string[]
  /** Whether a lead carries the address of the signed consent that the relay makes. */
  readonly sendsSignedConsent?: true
  /** The number of calls a minute that the provider accepts for one account. Unlimited by default. */
  readonly callsPerMinute?: number
  /** Parameters that identify the caller. The adapter writes them itself; rules of `fields` cannot change them. */
  readonly reservedParameters: readonly Parameter<Config>[]
  /** Every other parameter of the call that sends a lead, in the order of the document. */
  parameters(config: Config): readonly Parameter<Config>[]
  /**
   * What the schema of the options cannot see: options that belong to another mode, or that need each other. Each problem
   * begins with the option's name.
   */
  problems?(config: Config): readonly string[]
  /** The canonical names without which no lead is accepted, in addition to those of the required parameters. */
  requiredFields?(config: Config): readonly string[]
  /** Whether an unanswered lead may be sent again, if that depends on the options. */
  retry?(config: Config): Operation<Config>['retry']
  /** Who receives the leads, if that depends on the options. */
  receiver?(config: Config): Receiver | undefined
  /** Ids of the consents without which no lead may be sent. A form that does not ask for them cannot deliver leads. */
  requiredConsents?(config: Config): readonly string[]
  /** The consents that rules of the options name, with the path of each. A form that does not ask for them is refused. */
  namedConsents?(config: Config): readonly NamedConsent[]
  /**
   * The outcome of a lead for which `create` must not be called; `undefined` if it may. Check it before every `create`.
   */
  precondition?(config: Config, context: LeadContext): Outcome | undefined
  /**
   * Issues of a lead's values other than their lengths. Issues with the code `campaign-format` are warnings: each is
   * raised once for a value, and is ignored if the same value is submitted again (see `unacknowledgedIssues`).
   */
  check?(config: Config, context: LeadContext): readonly FieldIssue[]
  /**
   * Whether a response to any call says that the access token is no longer valid. A new token is then requested once.
   */
  isTokenRejected?(result: HttpResult): boolean
  /**
   * The options with which the lists of places are read if those of the destination do not get an answer: the provider's
   * other addresses.
   */
  listMirrors?(config: Config): readonly Config[]
  readonly operations: Operations<Config>
}

/** A region as a provider lists it. */
export interface ProviderRegion {
  /** Tagged with the provider: `devtek:40`. */
  readonly id: string
  readonly name: string
  /** The KLADR code of 13 digits, if the list has one. */
  readonly kladr?: string | undefined
}

/** A city as a provider lists it. */
export interface ProviderCity extends ProviderRegion {
  /** Id of its region, tagged in the same way. */
  readonly regionId: string
}
