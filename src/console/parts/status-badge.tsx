import type {
  CallOutcomeName,
  DeliveryStatusName,
  LeadProblem,
  LeadStatusName,
} from '../../relay/http/admin/lead-answers.ts'
import type { Tone } from '../state/notices.ts'

/** How good each status is. */
export const statusTones: Readonly<Record<LeadStatusName, Tone>> = {
  partial: 'quiet',
  queued: 'info',
  verification: 'info',
  invalid: 'warn',
  uncertain: 'warn',
  accepted: 'good',
  duplicate: 'quiet',
  declined: 'quiet',
  failed: 'bad',
  stored: 'quiet',
}

/** How good each outcome of a call is. */
export const outcomeTones: Readonly<Record<CallOutcomeName, Tone>> = {
  accepted: 'good',
  duplicate: 'quiet',
  declined: 'quiet',
  verification: 'info',
  invalid: 'warn',
  unavailable: 'warn',
  refused: 'bad',
  unreadable: 'bad',
  uncertain: 'warn',
}

/** How good each status of a delivery is, where no outcome says more. */
export const deliveryTones: Readonly<Record<DeliveryStatusName, Tone>> = {
  waiting: 'info',
  decided: 'good',
  failed: 'bad',
  uncertain: 'warn',
  passed: 'quiet',
}

/** How bad each problem is. */
export const problemTones: Readonly<Record<LeadProblem, Tone>> = {
  failed: 'bad',
  refused: 'bad',
  uncertain: 'warn',
  waiting: 'info',
}

/** A word with a colour that says the same. */
export function StatusBadge({ tone, text }: { readonly tone: Tone; readonly text: string }) {
  return (
    <span class="badge" data-tone={tone}>
      {text}
    </span>
  )
}
