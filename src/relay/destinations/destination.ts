import { safeParse } from 'valibot'
import { fieldOf, isFieldName } from '../../fields/fields.ts'
import { formatIssues } from '../../form/format-issues.ts'
import type { FieldIssue } from '../../lead/issue.ts'
import type { Receiver } from '../../lead/receiver.ts'
import type { Outcome, ReceiverProgress } from '../../lead/outcome.ts'
import { bindOperation, type BoundOperation } from '../../providers/core/bind-operation.ts'
import { validateFieldRules } from '../../providers/core/validate-field-rules.ts'
import type {
  CampaignQuestion,
  CampaignRules,
  ConfirmContext,
  ListResult,
  NamedConsent,
  Operation,
  Provider,
} from '../../providers/core/provider.ts'
import type { CallContext, CampaignField, PatternMatcher, LeadContext } from '../../providers/core/context.ts'
import { checkLead } from '../../providers/core/check-lead.ts'
import { parseTextOptions } from '../../providers/core/options/option-texts.ts'
import { stripQuery } from '../../providers/core/url.ts'
import type { Parameter } from '../../providers/core/parameter.ts'
import { findShortenedTexts, type ShortenedText } from '../../providers/core/write-parameters.ts'
import {
  isPlaceParameter,
  requiredFormFields,
  sourceFieldNames,
} from '../../providers/core/parameters/source-fields.ts'
import type { BaseConfig } from '../../providers/core/field-rules.ts'
import { type Account, createAccount } from './account.ts'
import type { ListSource } from '../places/list-source.ts'
import { createRedactor } from './redact.ts'

/** The answer to a request for an application's status. */
export type StatusAnswer =
  | { readonly progress: readonly ReceiverProgress[] }
  | { readonly problem: string; readonly retryable: boolean }

/** The campaigns of a destination. */
export interface DestinationCampaigns {
  /** Names the provider at its address: the settings are stored under it. */
  readonly source: string
  readonly ids: readonly number[]
  /** Requests the settings of one campaign. */
  readonly settings: BoundOperation<CallContext & { readonly campaignId: number }, ListResult<CampaignField>>
  /** The questions that they require of a form whose fields are `asked` (canonical names). */
  questions(
    fields: readonly CampaignField[],
    asked: ReadonlySet<string>,
    matches: PatternMatcher | undefined,
  ): readonly CampaignQuestion[]
  /** What the operator has to fix, given the fields that they ask for. */
  problems(fields: readonly CampaignField[], matches: PatternMatcher): readonly string[]
}

/** A parameter that takes a shorter name of a region or a city than its fields, whose canonical names are `fields`. */
export interface PlaceLimit {
  readonly path: string
  readonly max: number
  readonly fields: readonly string[]
}

/** A provider with its options, credentials included. */
export interface Destination extends BoundOperation<LeadContext, Outcome> {
  /** Names the destination within its form. Stored with every delivery, so it is the same after a restart. */
  readonly key: string
  /** Other keys that deliveries to it may be stored under. */
  readonly formerKeys: readonly string[]
  readonly provider: string
  /** Who receives its leads, if that does not follow from the provider. */
  readonly receiver?: Receiver | undefined
  /** Whether a lead carries the address of the signed consent. */
  readonly sendsSignedConsent?: true | undefined
  readonly account: Account
  /** Whether a request that sends a lead may be repeated after it got no answer. */
  readonly retry: Operation<unknown>['retry']
  /** The canonical names of the fields without which it never accepts a lead. */
  readonly requires: readonly string[]
  /** The longest text that it takes of a field, by canonical name, where it takes the text alone and does not cut it. */
  readonly textLimits: ReadonlyMap<string, number>
  /** The parameters that do not take every name of a region or a city. */
  readonly placeLimits: readonly PlaceLimit[]
  /** Ids of the consents without which it must not get a lead. */
  readonly consents: readonly string[]
  /** The consents that its options name, with the path of each. */
  readonly namedConsents: readonly NamedConsent[]
  /** The outcome of a lead without a call, if the call must not be made. */
  precondition(context: LeadContext): Outcome | undefined
  /** Issues of values that it would not accept. */
  check(context: LeadContext): readonly FieldIssue[]
  readonly confirm?: BoundOperation<ConfirmContext, Outcome> | undefined
  readonly status?: BoundOperation<CallContext & { readonly applicationId: string }, StatusAnswer> | undefined
  /** The parameters that take less than what the person has entered for them. */
  shortened(context: LeadContext): readonly ShortenedText[]
  /** The provider's lists of places, if it has any. */
  readonly places?: ListSource | undefined
  /** The destination's campaigns, if their settings can be requested. */
  readonly campaigns?: DestinationCampaigns | undefined
  /** Hides the credentials in a text of a request. */
  redact(text: string): string
}

/** A destination without a key. */
export type UnkeyedDestination = Omit<Destination, 'key' | 'formerKeys'> & {
  /** What a key is derived from: the options that identify the account, and all options. */
  readonly keySources: readonly [identity: string, options: string]
}

/** A destination, or the problems of its options. */
export type DestinationResult =
  | { readonly destination: UnkeyedDestination }
  | { readonly problems: readonly string[] }

/** A provider that a relay can create destinations of. */
export interface BoundProvider {
  /** The names of the provider's options. */
  readonly optionNames: readonly string[]
  /** The names of the options that hold a secret. */
  readonly secretNames: readonly string[]
  /** Paths of options that may hold a secret: `url`, `headers.*`. */
  readonly secretPaths: readonly string[]
  /** Whether the option `name` names the destination. */
  readonly hasName: boolean
  /**
   * Creates a destination from options, or returns their problems. `textNames` are the options that came from the
   * environment, where numbers and lists are texts.
   */
  createDestination(options: object, textNames?: readonly string[]): Promise<DestinationResult>
}

/** Providers by their names in a configuration. */
export type ProviderBindings = Readonly<Record<string, BoundProvider>>

/** Makes a provider available to a relay. A function, so that the type of its options stays its own. */
export function bindProvider<Config extends BaseConfig>(
  provider: Provider<Config>,
  campaigns?: CampaignRules<Config>,
): BoundProvider {
  const { config: schema } = provider
  const entries: unknown = 'entries' in schema ? schema.entries : undefined
  return {
    optionNames: typeof entries === 'object' && entries !== null ? Object.keys(entries) : [],
    secretNames: provider.secrets,
    secretPaths: provider.secretPaths ?? [],
    hasName: provider.isNamed ?? false,
    async createDestination(candidate, textNames = []) {
      const result = safeParse(schema, parseTextOptions(candidate, schema, textNames))
      if (!result.success) return { problems: formatIssues(schema, result.issues) }
      const config = result.output
      const problems = [
        ...validateFieldRules(config.fields, provider.parameters(config)),
        ...(provider.problems?.(config) ?? []),
      ]
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
  const { create, confirm, status, settings } = provider.operations
  const parameters = provider.parameters(config)
  const options: Readonly<Record<string, unknown>> = Object(config)
  const accessNames = provider.reservedParameters.flatMap(({ type, from }) =>
    type === 'string' && from !== 'fields' && 'option' in from ? [from.option] : [],
  )
  const credentials = [
    ...[...provider.secrets, ...accessNames].map((name) => options[name]),
    ...(provider.credentials?.(config) ?? []),
  ]
  const publicNames = Object.keys(options).filter(
    (name) => !provider.secrets.some((secret) => secret === name),
  )
  const serializeOptions = (names: readonly string[]) =>
    JSON.stringify(names.toSorted().map((name) => [name, options[name] ?? null]))
  return {
    ...bindOperation(create, config),
    keySources: [serializeOptions(provider.identity ?? publicNames), serializeOptions(publicNames)],
    provider: provider.name,
    receiver: provider.receiver?.(config),
    sendsSignedConsent: provider.sendsSignedConsent,
    account,
    retry: provider.retry?.(config) ?? create.retry,
    requires: [
      ...new Set([
        ...requiredFormFields(parameters, config).flatMap(({ names }) => names),
        ...(provider.requiredFields?.(config) ?? []),
      ]),
    ],
    textLimits: findTextLimits(parameters, config),
    placeLimits: findPlaceLimits(parameters, config),
    consents: provider.requiredConsents?.(config) ?? [],
    namedConsents: provider.namedConsents?.(config) ?? [],
    precondition: (context) => provider.precondition?.(config, context),
    check: (context) => checkLead(provider, config, context),
    shortened(context) {
      try {
        return findShortenedTexts(parameters, config, context)
      } catch {
        // An adapter of somebody's own failed: the outcome of its call says so.
        return []
      }
    },
    confirm: confirm && bindOperation(confirm, config),
    status: status && bindOperation(status, config),
    places: createListSource(provider, config),
    campaigns: settings &&
      campaigns && {
        source: JSON.stringify([provider.name, options['baseUrl'] ?? null]),
        ids: campaigns.campaignIds(config),
        settings: bindOperation(settings, config),
        questions: (fields, asked, matches) => campaigns.questions(fields, config, asked, matches),
        problems: (fields, matches) => campaigns.problems(fields, config, matches),
      },
    redact: createRedactor(credentials.filter((value) => typeof value === 'string')),
  }
}

function findPlaceLimits<Config extends BaseConfig>(
  parameters: readonly Parameter<Config>[],
  config: Config,
): readonly PlaceLimit[] {
  return parameters.flatMap((parameter) => {
    const { path, type, max } = parameter
    if (type !== 'string' || max === undefined || !isPlaceParameter(parameter, config)) return []
    const fields = sourceFieldNames(parameter, config)
    const longest = fields.map((name) => (isFieldName(name) ? fieldOf(name).kind.maxLength : undefined) ?? 0)
    return max < Math.max(...longest) ? [{ path, max, fields }] : []
  })
}

function findTextLimits<Config extends BaseConfig>(
  parameters: readonly Parameter<Config>[],
  config: Config,
): ReadonlyMap<string, number> {
  const limits = new Map<string, number>()
  for (const parameter of parameters) {
    const { type, max, shorten } = parameter
    const [name, ...others] = sourceFieldNames(parameter, config)
    if (type !== 'string' || max === undefined || shorten || name === undefined || others.length > 0) continue
    if (isPlaceParameter(parameter, config)) continue
    limits.set(name, Math.min(max, limits.get(name) ?? max))
  }
  return limits
}

function createListSource<Config extends BaseConfig>(
  provider: Provider<Config>,
  config: Config,
): ListSource | undefined {
  const { regions, cities } = provider.operations
  if (!regions || !cities) return undefined
  const bind = (own: Config) => ({
    regions: bindOperation(regions, own),
    cities: bindOperation(cities, own),
  })
  const lists = bind(config)
  return {
    // The same address serves the same list; the query may hold a credential.
    source: stripQuery(lists.cities.request({ now: new Date(0) }).url),
    ...lists,
    mirrors: (provider.listMirrors?.(config) ?? []).map(bind),
  }
}
