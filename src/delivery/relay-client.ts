import type { Fetch } from './send-http.ts'
import { timeoutSignal } from './timeout-signal.ts'

/** What fetching a definition needs from outside. */
export interface DefinitionFetchDeps {
  readonly fetch: Fetch
  /** Waits for some milliseconds, or until the browser is online again; false if the definition is no longer needed. */
  wait(ms: number): Promise<boolean>
  /** Called once, after the third failure, with the reason. */
  onDelay(reason: Error): void
}

/**
 * Fetches a form's definition from a relay, unchecked. Tries again, with pauses from a second to a minute, for as long as
 * the relay cannot be reached. Throws if the relay refuses, with its own message.
 */
export async function fetchDefinition(
  relay: string,
  { fetch, wait, onDelay }: DefinitionFetchDeps,
  timeoutMs = 15_000,
): Promise<unknown> {
  for (let attempt = 0; ; attempt += 1) {
    const result = await requestDefinition(relay, fetch, timeoutMs)
    if ('definition' in result) return result.definition
    const reason = new Error(`${relay} ${result.problem}`)
    if (attempt === 2) onDelay(reason)
    const pause = Math.min(Math.max(1000 * 3 ** attempt, result.retryAfterMs), 60_000)
    if (result.isFinal || !(await wait(pause))) throw reason
  }
}

/** A definition, or why it is missing. A final problem is a refusal by the relay: another request would get the same. */
type DefinitionResult =
  | { readonly definition: unknown }
  | { readonly problem: string; readonly isFinal: boolean; readonly retryAfterMs: number }

async function requestDefinition(relay: string, fetch: Fetch, timeoutMs: number): Promise<DefinitionResult> {
  const { signal, stop } = timeoutSignal(timeoutMs)
  let problem = 'cannot be reached: the address is wrong, or there is no network'
  let retryAfterMs = 0
  try {
    const response = await fetch(relay, { credentials: 'omit', signal })
    const { status, ok, headers } = response
    problem = `answered ${status}, no definition`
    retryAfterMs = Number(headers.get('retry-after')) * 1000 || 0
    const body: unknown = await response.json()
    if (ok) return { definition: body }
    const { error }: { readonly error?: { readonly message?: unknown } } = Object(body)
    if (typeof error?.message === 'string') problem = `answered ${status}: ${error.message}`
    return { problem, isFinal: status < 500 && ![408, 425, 429].includes(status), retryAfterMs }
  } catch {
    if (signal.aborted) problem = 'does not answer'
    // Not JSON, or nothing: something other than the relay has answered.
    return { problem, isFinal: false, retryAfterMs }
  } finally {
    stop()
  }
}
