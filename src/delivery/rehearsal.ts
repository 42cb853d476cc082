import type { Delivery } from '../lead/delivery.ts'
import type { SendResult } from '../lead/send-result.ts'
import type { HttpRequest } from '../providers/provider.ts'
import type { Preview } from './preview.ts'

/** What a rehearsal needs from outside. */
export interface RehearsalPorts {
  /** Told the calls that would have been made. */
  show(requests: readonly HttpRequest[]): void
  /** What a lead is said to have come to; every code is right. */
  answer(): SendResult
}

/** Test mode: shows what would be sent, and sends nothing. */
export function createRehearsal(preview: Preview, { show, answer }: RehearsalPorts): Delivery {
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
