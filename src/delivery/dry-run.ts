import type { Delivery, SendResult } from '../lead/delivery.ts'
import type { HttpRequest } from '../providers/core/context.ts'
import type { DeliveryPreview } from './preview.ts'

/** What a rehearsal needs from outside. */
export interface DryRunDeps {
  /** Told the calls that would have been made. */
  show(requests: readonly HttpRequest[]): void
  /** What a lead is said to have come to; every code is right. */
  answer(): SendResult
}

/** Test mode: shows what would be sent, and sends nothing. */
export function createDryRun(preview: DeliveryPreview, { show, answer }: DryRunDeps): Delivery {
  return {
    async send(lead) {
      const calls = preview.lead(lead)
      if ('issues' in calls) return { outcome: 'invalid', issues: calls.issues }
      show(calls)
      return answer()
    },
    async confirm(lead, code) {
      show(preview.code(lead, code))
      return { outcome: 'accepted' }
    },
  }
}
