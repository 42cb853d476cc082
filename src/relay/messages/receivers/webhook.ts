import { formatLeadNumber } from '../../../lead/lead-number.ts'
import { secretKeys } from '../../../providers/webhook/config.ts'
import { amountOf, consoleLink, regionOf } from '../describe-notice.ts'
import type { LeadNotice, MessageReceiver, Subscription } from '../receiver.ts'
import { callReceiver, readCallResult } from './send-call.ts'

/** An address that gets signed notifications. */
export interface NotificationHookOptions {
  readonly url: string
  /** Secret of the Standard Webhooks scheme; several, separated by spaces, give several signatures. */
  readonly secret: string
  readonly allowPrivate: boolean
  readonly isPersonal: boolean
}

/** Creates a receiver of signed notifications: https://www.standardwebhooks.com. */
export function createWebhookReceiver(
  subscription: Subscription,
  { url, secret, allowPrivate, isPersonal }: NotificationHookOptions,
): MessageReceiver {
  return {
    ...subscription,
    channel: 'webhook',
    hasDigests: true,
    // A repetition has the id of the first message.
    repeats: true,
    concurrency: 4,
    async send({ id, notices }, deps) {
      const all = notices.map((notice) => describeData(notice, deps.publicUrl, isPersonal))
      const [first] = notices
      const isDigest = notices.length > 1
      const body = {
        type: isDigest ? 'lead.digest' : `lead.${first?.event}`,
        timestamp: first?.createdAt.toISOString(),
        data: isDigest ? { count: all.length, leads: all } : all[0],
      }
      const request = {
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        sign: { id, keys: secretKeys(secret) },
      } as const
      return readCallResult(await callReceiver(request, !allowPrivate, deps), deps)
    },
  }
}

function describeData(notice: LeadNotice, publicUrl: string | undefined, isPersonal: boolean): object {
  const { lead, form, event, details, values } = notice
  return {
    id: lead,
    number: formatLeadNumber(lead),
    form,
    event,
    outcome: details.status,
    destination: details.destination,
    reason: details.reason,
    amount: amountOf(notice),
    region: regionOf(notice),
    link: consoleLink(publicUrl, lead),
    ...(isPersonal ? { values } : {}),
  }
}
