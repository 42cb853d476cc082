import type { GenericSchema } from 'valibot'
import type { DeliverableLead } from '../lead/lead.ts'
import type { Outcome } from '../lead/outcome.ts'
import type { CanonicalName } from '../lead/values.ts'
import type { ListedCity, ListedRegion } from './place-list.ts'

/** A call as plain data. `url`, `body` and `headers` may hold credentials: never log them as they are. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What came of a call: an answer of any status, or none. `sent` tells whether the request may have left. */
export type HttpResult =
  | { readonly status: number; readonly body: string }
  | { readonly failure: 'timeout' | 'network' | 'aborted'; readonly sent: boolean }

/** What an adapter may look at in any call, beside its configuration. */
export interface CallContext {
  readonly now: Date
  /** A token that the provider gave out for a while, where its credentials only buy one. */
  readonly accessToken?: string | undefined
}

/** What an adapter may look at when it sends a lead. */
export interface ProviderContext extends CallContext {
  /** 1 for the first call of this lead's revision. */
  readonly attempt: number
  /** Whether an earlier call of this revision may have been taken, its answer having got lost. */
  readonly mayHaveArrived: boolean
  readonly lead: DeliverableLead
  /** The relay's number of the lead, for providers that want an integer. */
  readonly leadNumber?: number | undefined
}

/** One endpoint: two pure functions over plain data, total on garbage. */
export interface Operation<Config, Context = ProviderContext, Answer = Outcome> {
  /** May a request that got no answer be repeated? */
  readonly retry: 'safe' | 'if-not-sent'
  request(config: Config, context: Context): HttpRequest
  outcome(result: HttpResult, config: Config, context: Context): Answer
}

/** What reading a list from a provider came to. */
export type ListAnswer<Item> =
  | { readonly items: readonly Item[] }
  /** Why there is none, for the operator; holds no credential. */
  | { readonly problem: string; readonly retryable: boolean }

/** An adapter: no fetch, clock or randomness inside, so that it runs in the relay, a browser and a test alike. */
export interface Provider<Config> {
  readonly name: string
  /** Reads a destination's options, credentials already filled in. */
  readonly config: GenericSchema<unknown, Config>
  /** What an application must hold to be accepted at all: a form that does not ask for these could never deliver. */
  readonly requires: readonly CanonicalName[]
  readonly operations: {
    readonly create: Operation<Config>
    /** The provider's own lists of places, where it has them. */
    readonly regions?: Operation<Config, CallContext, ListAnswer<ListedRegion>>
    readonly cities?: Operation<Config, CallContext, ListAnswer<ListedCity>>
  }
}
