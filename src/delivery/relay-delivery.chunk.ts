import type { Delivery, SendResult } from '../lead/delivery.ts'
import type { Lead } from '../lead/lead.ts'
import type { FieldIssue, IssueCode } from '../lead/issue.ts'
import { publicOutcomes } from '../lead/outcome.ts'
import type { HttpRequest } from '../providers/core/context.ts'
import type { Fetch } from './send-http.ts'
import type * as relayRequests from './relay-requests.ts'
import { timeoutSignal } from './timeout-signal.ts'

/** What the client of a relay needs from outside. */
export interface RelayClientDeps {
  readonly fetch: Fetch
  /** Not imported: the entry has one copy for all files on demand. */
  readonly requests: typeof relayRequests
  /** Whether the form has a text for a code; a newer relay may use more codes. */
  isIssueCode(code: unknown): code is IssueCode
}

/** Creates the delivery through a relay's form. Loaded on demand, once a person begins to fill in the form. */
export function createRelayDelivery(relay: string, deps: RelayClientDeps, timeoutMs = 20_000): Delivery {
  const post = (request: HttpRequest, ending?: AbortSignal): Promise<SendResult | UnreadableAnswer> =>
    postRequest(request, deps, timeoutMs, ending)
  async function postTwice(lead: Lead, ending?: AbortSignal): Promise<SendResult | UnreadableAnswer> {
    const request = deps.requests.createLeadRequest(relay, lead)
    const first = await post(request, ending)
    return 'unread' in first && first.unread !== challengeAsked ? post(request, ending) : first
  }
  return {
    /** Without a readable answer it tries once more: the lead's id keeps it from being stored twice. */
    async send(lead, ending) {
      const result = await postTwice(lead, ending)
      if (!('unread' in result) || result.unread !== challengeAsked)
        return toSendResult(result, isUnanswered(result))
      const challenge = await solveChallenge(relay, deps)
      const solved = challenge === undefined ? result : await postTwice({ ...lead, challenge }, ending)
      // What was asked and cannot be solved is as if the relay took no applications.
      return toSendResult(solved, isUnanswered(solved))
    },
    confirm: async (lead, code) =>
      toSendResult(await post(deps.requests.createCodeRequest(relay, lead, code))),
  }
}

/** No answer could be read. */
interface UnreadableAnswer {
  /** `network`, or `status-` and the HTTP status; {@link challengeAsked} if the relay asks for a solved challenge. */
  readonly unread: string
}

const challengeAsked = 'challenge'

async function solveChallenge(relay: string, { fetch }: RelayClientDeps): Promise<string | undefined> {
  try {
    const { solveRelayChallenge } = await import('./challenge.chunk.ts')
    return await solveRelayChallenge(`${relay.replace(/\/+$/, '')}/challenge`, fetch)
  } catch {
    return undefined
  }
}

async function postRequest(
  { url, ...init }: HttpRequest,
  { fetch, isIssueCode }: RelayClientDeps,
  timeoutMs: number,
  ending?: AbortSignal,
): Promise<SendResult | UnreadableAnswer> {
  let unread = 'network'
  if (ending?.aborted) return { unread }
  const { signal, stop } = timeoutSignal(timeoutMs, ending)
  try {
    // With keepalive the request is sent even if the person closes the page now.
    const response = await fetch(url, { ...init, keepalive: true, credentials: 'omit', signal })
    unread = `status-${response.status}`
    const body: unknown = await response.json()
    return response.status === 429
      ? parseRefusal(response, body)
      : parseAnswer(response.status, body, isIssueCode)
  } catch {
    return { unread }
  } finally {
    stop()
  }
}

/**
 * Whether the relay itself has not answered: there was no connection, or a gateway or a cut answer in its place. Sending
 * the same again then makes no second lead, because of the lead's id.
 */
function isUnanswered(result: SendResult | UnreadableAnswer): boolean {
  return 'unread' in result && /^network$|^status-[25]/.test(result.unread)
}

function toSendResult(result: SendResult | UnreadableAnswer, isRepeatable = false): SendResult {
  if (!('unread' in result)) return result
  const code = result.unread === challengeAsked ? 'status-429' : result.unread
  return { outcome: 'failed', code, ...(isRepeatable ? { isRepeatable } : {}) }
}

/** The longest wait that a form names, in seconds. */
const maxWaitSeconds = 120

/** Parses the answer to one post too many, or to one without the challenge that the relay asks for. */
function parseRefusal({ status, headers }: Response, body: unknown): SendResult | UnreadableAnswer {
  const { error }: { readonly error?: { readonly code?: unknown } } = Object(body)
  if (error?.code === 'challenge') return { unread: challengeAsked }
  const seconds = Math.ceil(Number(headers.get('retry-after')))
  const failure = { outcome: 'failed', code: `status-${status}` } as const
  return seconds > 0 && seconds <= maxWaitSeconds ? { ...failure, retryAfterSeconds: seconds } : failure
}

/** The fields of an answer, unchecked: something other than a relay may have answered. */
interface RelayAnswer {
  readonly outcome?: unknown
  readonly issues?: unknown
  readonly attemptsLeft?: unknown
  readonly number?: unknown
}

function parseAnswer(status: number, body: unknown, isIssueCode: RelayClientDeps['isIssueCode']): SendResult {
  const answer: RelayAnswer = Object(body)
  const outcome = publicOutcomes.find((name) => name === answer.outcome)
  if (!outcome) return { outcome: 'failed', code: `status-${status}` }
  const issues = Array.isArray(answer.issues)
    ? answer.issues.map((issue) => parseIssue(issue, isIssueCode))
    : []
  if (outcome === 'invalid') return { outcome, issues }
  const { attemptsLeft, number } = answer
  if (outcome !== 'verification')
    return { outcome, ...(typeof number === 'string' && /^[\w-]{1,20}$/.test(number) ? { number } : {}) }
  return {
    outcome,
    ...(issues.length > 0 ? { issues } : {}),
    ...(typeof attemptsLeft === 'number' ? { attemptsLeft } : {}),
  }
}

/** A relay adds a Russian message to every issue. For a code that the form knows, its own text is used instead. */
function parseIssue(candidate: unknown, isIssueCode: RelayClientDeps['isIssueCode']): FieldIssue {
  const { field, code, message, limit }: { readonly [name in keyof FieldIssue]?: unknown } = Object(candidate)
  return {
    field: typeof field === 'string' ? field : '',
    ...(isIssueCode(code) ? { code } : typeof message === 'string' ? { message } : {}),
    ...(typeof limit === 'number' ? { limit } : {}),
  }
}
