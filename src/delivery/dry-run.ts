import type { Delivery, SendResult } from '../lead/delivery.ts'
import type { HttpRequest } from '../providers/core/context.ts'
import type { DeliveryPreview } from './preview.ts'

/** What a dry run needs from outside. */
export interface DryRunDeps {
  /** Called with the requests that would have been sent. */
  show(requests: readonly HttpRequest[]): void
  /** The result for a lead. Every code is accepted. */
  answer(): SendResult
}

/** Creates the delivery of test mode, which shows the requests and sends nothing. */
export function createDryRun(preview: DeliveryPreview, { show, answer }: DryRunDeps): Delivery {
  return {
    async send(lead) {
      const requests = preview.lead(lead)
      if ('issues' in requests) return { outcome: 'invalid', issues: requests.issues }
      show(requests)
      return answer()
    },
    async confirm(lead, code) {
      show(preview.code(lead, code))
      return { outcome: 'accepted' }
    },
  }
}
