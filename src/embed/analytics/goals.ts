/** Begins the names of goals where the page chooses nothing else. */
const defaultPrefix = 'loan_form_'

/**
 * The goals that each outcome reaches, in order, without the prefix. A stored lead (`queued`) is a success
 * like an accepted one: it only arrives later. Metrika allows no `/ \ & # ? = "` in a name.
 */
const outcomeGoals: Readonly<Record<string, readonly string[]>> = {
  accepted: ['success'],
  queued: ['success'],
  duplicate: ['duplicate'],
  declined: ['declined'],
  verification: ['sms_sent'],
}

/** Names of the goals that an event reaches. `confirmed` means that it ends a confirmation by SMS. */
export function goalsFor(event: TrackedEvent, confirmed: boolean, prefix = defaultPrefix): readonly string[] {
  return goalNames(event, confirmed).map((name) => prefix + name)
}

function goalNames(event: TrackedEvent, confirmed: boolean): readonly string[] {
  switch (event.type) {
    case 'start':
      // What a person has answered has been seen.
      return ['view', 'start']
    case 'view':
    case 'submit':
    case 'error':
    case 'consent':
      return [event.type]
    case 'step':
      return [`step_${event.index + 1}`]
    case 'outcome': {
      const goals = outcomeGoals[event.outcome] ?? []
      return confirmed && event.outcome === 'accepted' ? ['sms_ok', ...goals] : goals
    }
    case 'offer':
      return [event.type]
    case 'leave':
      return ['abandon']
    case 'field':
      return []
  }
}

/** What happens in a form, as analytics sees it. Never holds a value. */
export type TrackedEvent =
  | { readonly type: 'view' | 'start' | 'submit' | 'error' | 'leave' }
  | { readonly type: 'consent'; readonly id: string }
  | { readonly type: 'step'; readonly id: string; readonly index: number }
  /** How long a person stayed at a field, in milliseconds. */
  | { readonly type: 'field'; readonly name: string; readonly ms: number }
  | { readonly type: 'outcome'; readonly outcome: string; readonly leadId: string }
  | { readonly type: 'offer'; readonly offer: number; readonly outcome: string; readonly leadId: string }
