import { sendHttp } from '../../../delivery/send-http.ts'
import type { HttpRequest, HttpResult } from '../../../providers/core/context.ts'
import { signRequest } from '../../destinations/sign-request.ts'
import { retryAfterMs } from '../../destinations/retry-after.ts'
import type { SendDeps, MessageResult } from '../receiver.ts'

/** How long the answer of a receiver is waited for. */
const timeoutMs = 20_000

/** The most characters of an answer that are read. */
const maxBodyLength = 16 * 1024

/** Makes the call of a message. `isPublicOnly` refuses addresses of private networks. */
export function callReceiver(
  request: HttpRequest,
  isPublicOnly: boolean,
  { fetch, publicFetch, now }: SendDeps,
): Promise<HttpResult> {
  return sendHttp(signRequest(request, now()), {
    fetch: isPublicOnly ? publicFetch : fetch,
    timeoutMs,
    maxBodyLength,
  })
}

/** Reads the answer of a receiver by its status. 2xx are done, and 3xx where the receiver says so. */
export function readCallResult(
  result: HttpResult,
  { now }: Pick<SendDeps, 'now'>,
  { redirectIsDone }: { readonly redirectIsDone: boolean } = { redirectIsDone: false },
): MessageResult {
  if ('failure' in result) {
    const { failure, sent, refusal } = result
    // The operator may permit a private address, and the message waits for that.
    if (refusal !== undefined) return { result: 'retry', reason: refusal }
    return { result: sent ? 'unanswered' : 'retry', reason: `no answer: ${failure}` }
  }
  const { status } = result
  const reason = `status ${status}`
  if (status >= 200 && status < (redirectIsDone ? 400 : 300)) return { result: 'sent' }
  if (status !== 429 && status < 500) return { result: 'rejected', reason }
  return { result: 'retry', reason, retryAfterMs: retryAfterMs(result, now()) }
}
