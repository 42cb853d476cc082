import type { PgBoss } from 'pg-boss'
import type { Transaction } from '../../database/database.ts'
import type { Encryption } from '../../database/encryption/encryption.ts'
import type { LeadState } from '../lead-state.ts'
import type { RevisionPlan, Routing } from '../routing.ts'
import { isOutdated, isRepeat, noteRepeat } from './repeats.ts'
import { type SaveResult, storeRevision, type ValidatedLead } from './store-revision.ts'

/** The plan of a lead that is only stored. */
export const toNoDestination: RevisionPlan = { queue: [], drop: [] }

/**
 * Stores a partial lead over an earlier one, unless it is the older of the two: posts may arrive in another order than
 * they were sent. A lead that is finished stays as it is. The lead is locked.
 */
export async function savePartial(
  transaction: Transaction,
  boss: PgBoss,
  encryption: Encryption,
  state: LeadState,
  lead: ValidatedLead,
  subscriptions: Routing['subscriptions'],
): Promise<Omit<SaveResult, 'queued'>> {
  const { partialStep } = lead
  if (state.partialStep === undefined || partialStep === undefined)
    return { state, change: 'none', isCurrent: false }
  if (await isOutdated(transaction, state, lead)) return { state, change: 'none', isCurrent: false }
  if (await isRepeat(transaction, state, lead)) {
    await noteRepeat(transaction, encryption, state, lead)
    await transaction.query('update anketa.leads set partial_step = $2 where id = $1', [
      state.id,
      partialStep,
    ])
    return { state: { ...state, partialStep }, change: 'repeat', isCurrent: true }
  }
  const after = await storeRevision(
    transaction,
    boss,
    encryption,
    state,
    lead,
    toNoDestination,
    subscriptions,
  )
  return { state: after, change: 'revision', replaced: state, isCurrent: true }
}
