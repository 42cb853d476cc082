import { fieldNameOf, isFieldName } from '../../fields/fields.ts'
import type { Outcome } from '../../lead/outcome.ts'
import type { RecordedOutcome } from '../leads/settle-delivery.ts'
import type { Log, LogLevel } from '../log.ts'

/** The call that an outcome belongs to. */
export interface LoggedCall {
  readonly lead: string
  readonly form: string
  readonly destination: string
  readonly attempt: number
}

/**
 * Logs the outcome of a call to a destination and what follows from it. `recorded` is `undefined` if the delivery has
 * been settled otherwise meanwhile.
 */
export function logOutcome(
  log: Log,
  text: string,
  { lead, form, destination, attempt }: LoggedCall,
  outcome: Outcome,
  recorded: RecordedOutcome | undefined,
): void {
  const reason = reasonOf(outcome)
  const fields =
    outcome.outcome === 'invalid' ? outcome.issues.map(({ field }) => nameForLog(field)).join() : undefined
  log(levelOf(outcome, recorded), text, {
    lead,
    form,
    destination,
    attempt,
    outcome: outcome.outcome,
    status: recorded?.status ?? 'settled otherwise',
    ...(recorded?.next === undefined ? {} : { next: recorded.next }),
    ...(reason === undefined ? {} : { reason }),
    ...(fields === undefined ? {} : { fields }),
  })
}

/** A name that no field has may be any text. */
function nameForLog(field: string): string {
  return field === '' || isFieldName(fieldNameOf(field)) ? field : '…'
}

/** An adapter's own reason. The reason of a decline comes from the provider and may quote personal data. */
function reasonOf(outcome: Outcome): string | undefined {
  return outcome.outcome !== 'declined' && 'reason' in outcome ? outcome.reason : undefined
}

function levelOf(outcome: Outcome, recorded: RecordedOutcome | undefined): LogLevel {
  // Nobody was there to correct a field error.
  if (outcome.outcome === 'invalid') {
    return recorded?.status === 'passed' || recorded?.status === 'failed' ? 'warning' : 'info'
  }
  if (recorded?.status === 'failed') return 'error'
  switch (outcome.outcome) {
    case 'refused':
    case 'unreadable':
    case 'uncertain':
      return 'error'
    case 'unavailable':
      return 'warning'
    case 'accepted':
    case 'duplicate':
    case 'declined':
    case 'verification':
      return 'info'
  }
}
