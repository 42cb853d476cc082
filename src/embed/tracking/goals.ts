import type { TrackedEvent } from './tracked-event.ts'

/** What every goal's name begins with. */
const prefix = 'loan_form_'

/**
 * The goals that an event reaches, in order, without {@link prefix}. A lead that is stored (`queued`) is won as one that
 * is accepted at once: it only arrives later. Metrika takes no `/ \ & # ? = "` in a name.
 */
const outcomes: Readonly<Record<string, readonly string[]>> = {
  accepted: ['success'],
  queued: ['success'],
  duplicate: ['duplicate'],
  declined: ['declined'],
  verification: ['sms_sent'],
}

/** Names of the goals that an event reaches; `confirmed` when it ends a confirmation by SMS. */
export function goalsOf(event: TrackedEvent, confirmed: boolean): readonly string[] {
  return namesOf(event, confirmed).map((name) => prefix + name)
}

function namesOf(event: TrackedEvent, confirmed: boolean): readonly string[] {
  switch (event.type) {
    case 'view':
    case 'start':
    case 'submit':
    case 'error':
    case 'consent':
      return [event.type]
    case 'step':
      return [`step_${event.index + 1}`]
    case 'outcome': {
      const goals = outcomes[event.outcome] ?? []
      return confirmed && event.outcome === 'accepted' ? ['sms_ok', ...goals] : goals
    }
    case 'leave':
      return ['abandon']
    case 'field':
      return []
  }
}
