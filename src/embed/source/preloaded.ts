import { type DefinitionFetchDeps, fetchDefinition } from '../../delivery/relay-client.ts'
import type { Fetch } from '../../delivery/send-http.ts'
import { normalizeRelay } from './relay-address.ts'

/** Requests that have been started, by address. */
export type StartedRequests = Map<string, Promise<Response>>

/** Definitions that came with a script, by the form's address. */
const definitions = new Map<string, unknown>()
/** Addresses whose next request must not be answered from the browser's cache. */
const outdated = new Set<string>()
let requests: StartedRequests = new Map()

/** Keeps a definition that came with a script for the forms that are about to be shown. */
export function addDefinition(relay: string, definition: unknown): void {
  definitions.set(relay, definition)
}

/** Drops a definition that is out of date; the next form fetches it. */
export function dropDefinition(relay: string): void {
  const address = toAddress(relay)
  definitions.delete(address)
  outdated.add(address)
}

/** Takes over the requests for definitions that the loader starts. Each serves one form. */
export function takeRequests(started: StartedRequests): void {
  requests = started
}

/**
 * Returns a relay's definition, unchecked: from the page if it is there, or from the relay. Throws if neither has it.
 * `onRedirect` is called with the address that a request has been redirected to.
 */
export function loadServedDefinition(
  relay: string,
  deps: DefinitionFetchDeps,
  onRedirect: (url: string) => void,
): Promise<unknown> {
  const address = toAddress(relay)
  const definition = definitions.get(address)
  if (definition !== undefined) return Promise.resolve(definition)
  // A definition that is out of date may still be in the browser's cache.
  const cache = outdated.delete(address) ? 'no-cache' : 'default'
  const fetch: Fetch = async (url, init) => {
    const started = requests.get(address)
    requests.delete(address)
    const response = await (started
      ? untilAborted(started, init?.signal)
      : deps.fetch(url, { ...init, cache }))
    if (response.redirected) onRedirect(response.url)
    return response
  }
  return fetchDefinition(relay, { ...deps, fetch })
}

/** The started request has no deadline of its own. */
function untilAborted(response: Promise<Response>, signal?: AbortSignal | null): Promise<Response> {
  return new Promise((resolve, reject) => {
    response.then(resolve, reject)
    signal?.addEventListener('abort', () => reject(new Error('no answer in time')))
  })
}

function toAddress(relay: string): string {
  return new URL(normalizeRelay(relay), document.baseURI).href
}
