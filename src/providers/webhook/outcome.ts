import type { Outcome } from '../../lead/outcome.ts'
import type { HttpResult } from '../core/context.ts'
import { secretsOfAddress } from '../core/url.ts'
import { redactMessage } from '../core/error-messages.ts'
import { isRecord, parseJson } from '../core/json.ts'
import type { WebhookConfig } from './config.ts'

/** Reads the answer of a webhook's receiver by its status alone. */
export function webhookOutcome(result: HttpResult, config: WebhookConfig): Outcome {
  if ('failure' in result) {
    const { failure, sent, refusal } = result
    return refusal === undefined
      ? { outcome: 'unavailable', reason: `no answer: ${failure}`, mayHaveArrived: sent }
      : { outcome: 'refused', reason: refusal }
  }
  const { status, body } = result
  const reason = `status ${status}`
  if (status >= 200 && status < 300) return acceptedWithId(body, config)
  if (status === 410) return { outcome: 'declined', reason }
  if (status === 429) return { outcome: 'unavailable', reason, mayHaveArrived: false }
  if (status >= 300 && status < 500) return { outcome: 'refused', reason }
  if (status >= 500 && status < 600) return { outcome: 'unavailable', reason, mayHaveArrived: true }
  return { outcome: 'unreadable', reason, mayHaveArrived: true }
}

function acceptedWithId(body: string, { url, secret }: WebhookConfig): Outcome {
  const answer = parseJson(body)
  const id = isRecord(answer) ? answer['id'] : undefined
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') return { outcome: 'accepted' }
  const credentials = [...secretsOfAddress(url), secret, ...secret.split(/\s+/)]
  return { outcome: 'accepted', providerId: redactMessage(String(id), credentials) }
}
