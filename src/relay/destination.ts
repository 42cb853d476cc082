import { type GenericSchema, safeParse } from 'valibot'
import { problemsOf } from '../form/problems.ts'
import type { Outcome } from '../lead/outcome.ts'
import type { HttpRequest, HttpResult, Operation, Provider, ProviderContext } from '../providers/provider.ts'
import { type ProviderName, providers } from '../providers/registry.ts'
import type { PlaceLists } from './places/place-lists.ts'

/** A provider with its options, credentials included: what the courier calls. */
export interface Destination {
  /** Names the destination within its form; stored with every delivery, so it must outlive a restart. */
  readonly key: string
  readonly provider: string
  readonly retry: Operation<unknown>['retry']
  request(context: ProviderContext): HttpRequest
  outcome(result: HttpResult, context: ProviderContext): Outcome
  /** The provider's lists of places, where it has them. */
  readonly places?: PlaceLists | undefined
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

const openers: Readonly<Record<ProviderName, Opener>> = { devtek: opener(providers.devtek) }

/** One function a provider, so that its options keep their own type. */
function opener<Config>(provider: Provider<Config>): Opener {
  return (key, options) => {
    const result = safeParse(provider.config, options)
    if (!result.success) return { problems: problemsOf(provider.config, result.issues) }
    const config = result.output
    const { create } = provider.operations
    return {
      destination: {
        key,
        provider: provider.name,
        retry: create.retry,
        request: (context) => create.request(config, context),
        outcome: (answer, context) => create.outcome(answer, config, context),
        places: placeListsOf(provider, config),
      },
    }
  }
}

function placeListsOf<Config>({ operations }: Provider<Config>, config: Config): PlaceLists | undefined {
  const { regions, cities } = operations
  if (!regions || !cities) return undefined
  // Whoever asks at the same address gets the same list; what else an address may hold is left out.
  const [source = ''] = cities.request(config, { now: new Date(0) }).url.split('?')
  return {
    source,
    regions: {
      request: (context) => regions.request(config, context),
      outcome: (result, context) => regions.outcome(result, config, context),
    },
    cities: {
      request: (context) => cities.request(config, context),
      outcome: (result, context) => cities.outcome(result, config, context),
    },
  }
}
