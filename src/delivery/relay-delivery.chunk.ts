import type { Delivery, SendResult } from '../lead/delivery.ts'
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
  const post = (request: HttpRequest): Promise<SendResult | UnreadableAnswer> =>
    postRequest(request, deps, timeoutMs)
  return {
    /** Without a readable answer it tries once more: the lead's id keeps it from being stored twice. */
    async send(lead) {
      const request = deps.requests.createLeadRequest(relay, lead)
      const first = await post(request)
      return 'unread' in first ? toSendResult(await post(request)) : first
    },
    confirm: async (lead, code) =>
      toSendResult(await post(deps.requests.createCodeRequest(relay, lead, code))),
  }
}

/** No answer could be read. */
interface UnreadableAnswer {
  /** `network`, or `status-` and the HTTP status. */
  readonly unread: string
}

async function postRequest(
  { url, ...init }: HttpRequest,
  { fetch, isIssueCode }: RelayClientDeps,
  timeoutMs: number,
): Promise<SendResult | UnreadableAnswer> {
  let unread = 'network'
  const { signal, stop } = timeoutSignal(timeoutMs)
  try {
    // With keepalive the request is sent even if the person closes the page now.
    const response = await fetch(url, { ...init, keepalive: true, credentials: 'omit', signal })
    unread = `status-${response.status}`
    return parseAnswer(response.status, await response.json(), isIssueCode)
  } catch {
    return { unread }
  } finally {
    stop()
  }
}

function toSendResult(result: SendResult | UnreadableAnswer): SendResult {
  return 'unread' in result ? { outcome: 'failed', code: result.unread } : result
}

/** The fields of an answer, unchecked: something other than a relay may have answered. */
interface RelayAnswer {
  readonly outcome?: unknown
  readonly issues?: unknown
  readonly attemptsLeft?: unknown
}

function parseAnswer(status: number, body: unknown, isIssueCode: RelayClientDeps['isIssueCode']): SendResult {
  const answer: RelayAnswer = Object(body)
  const outcome = publicOutcomes.find((name) => name === answer.outcome)
  if (!outcome) return { outcome: 'failed', code: `status-${status}` }
  const issues = Array.isArray(answer.issues)
    ? answer.issues.map((issue) => parseIssue(issue, isIssueCode))
    : []
  if (outcome === 'invalid') return { outcome, issues }
  if (outcome !== 'verification') return { outcome }
  const { attemptsLeft } = answer
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
