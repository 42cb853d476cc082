import { formatLeadNumber } from '../../lead/lead-number.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'
import type { HttpRequest, LeadContext } from '../core/context.ts'
import { textOf } from '../core/url.ts'
import { secretKeys, type WebhookConfig } from './config.ts'

/**
 * Posts the whole lead. The same revision has the same id and the same body every time, so that a receiver can tell a
 * repetition.
 */
export function webhookRequest({ url, secret }: WebhookConfig, context: LeadContext): HttpRequest {
  const { lead, form, revision = 1 } = context
  const { id, values, consents, attribution, page, receivedAt } = lead
  const messageId = `${id}_${revision}`
  const number = formatLeadNumber(id)
  return {
    method: 'POST',
    url: textOf(url),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      accept: 'application/json',
      'webhook-id': messageId,
    },
    body: stringifyJson({
      type: revision === 1 ? 'lead.created' : 'lead.revised',
      timestamp: receivedAt.toISOString(),
      data: { id, number, form, revision, values, consents, attribution, page },
    }),
    sign: { id: messageId, keys: secretKeys(secret) },
  }
}
