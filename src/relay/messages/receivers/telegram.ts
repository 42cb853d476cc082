import { isRecord, parseJson } from '../../../providers/core/json.ts'
import { redactMessage } from '../../../providers/core/error-messages.ts'
import { joinUrl } from '../../../providers/core/url.ts'
import { maxRetryAfterMs } from '../../destinations/retry-after.ts'
import { fitText, describeNotices, joinText } from '../describe-notice.ts'
import type { MessageReceiver, MessageResult, Subscription } from '../receiver.ts'
import { callReceiver, readCallResult } from './send-call.ts'

/** A chat of Telegram. */
export interface TelegramOptions {
  /** The bot's token. Secret: it is a part of the address that is called. */
  readonly token: string
  readonly chat: string
  readonly baseUrl: string
}

/** The most UTF-16 units of a message. A longer one is refused for good. */
const maxLength = 4096

/** Creates a receiver that writes to a chat: https://core.telegram.org/bots/api#sendmessage. */
export function createTelegramReceiver(
  subscription: Subscription,
  { token, chat, baseUrl }: TelegramOptions,
): MessageReceiver {
  return {
    ...subscription,
    channel: 'telegram',
    hasDigests: true,
    repeats: true,
    concurrency: 1,
    async send({ notices }, deps) {
      const { publicUrl } = deps
      const text = joinText(describeNotices(notices, { publicUrl, isPersonal: false, maxLength }))
      const request = {
        method: 'POST',
        url: joinUrl(baseUrl, `bot${token}/sendMessage`),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          chat_id: chat,
          text: fitText(text, maxLength),
          link_preview_options: { is_disabled: true },
        }),
      } as const
      const answer = await callReceiver(request, false, deps)
      return withTelegramsWords(readCallResult(answer, deps), 'body' in answer ? answer.body : '', token)
    },
  }
}

/** Adds what Telegram says in the body: why it refuses a message, or for how long it wants no calls. */
function withTelegramsWords(result: MessageResult, body: string, token: string): MessageResult {
  const answer = parseJson(body)
  if (!isRecord(answer)) return result
  const { description, parameters } = answer
  const words = typeof description === 'string' ? `: ${redactMessage(description, [token])}` : ''
  if (result.result === 'rejected') return { ...result, reason: `${result.reason}${words}` }
  const seconds = isRecord(parameters) ? Number(parameters['retry_after']) : Number.NaN
  if (result.result !== 'retry' || !(seconds > 0)) return result
  return { ...result, retryAfterMs: Math.min(seconds * 1000, maxRetryAfterMs) }
}
