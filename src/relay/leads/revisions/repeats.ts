import { isDeepStrictEqual } from 'node:util'
import type { ConsentReceipt, Lead } from '../../../lead/lead.ts'
import type { LeadValues } from '../../../lead/values.ts'
import { toStorableJson } from '../../database/connection/storable.ts'
import type { Transaction } from '../../database/database.ts'
import type { LeadState } from '../lead-state.ts'
import type { ValidatedLead } from './store-revision.ts'

/** Whether a post repeats the current revision: the same values, and consents to the same documents. */
export async function isRepeat(
  transaction: Transaction,
  state: LeadState,
  lead: ValidatedLead,
): Promise<boolean> {
  const [row] = await transaction.query<{ values: LeadValues; consents: readonly ConsentReceipt[] }>(
    'select "values", consents from anketa.revisions where lead = $1 and revision = $2',
    [state.id, state.revision],
  )
  if (!row) return false
  // As the database has stored them: without what JSON does not have.
  const values: unknown = JSON.parse(toStorableJson(JSON.stringify(lead.values)))
  return (
    isDeepStrictEqual(row.values, values) &&
    serializeConsents(row.consents) === serializeConsents(lead.consents)
  )
}

/** The documents that were agreed to, regardless of time and order. */
function serializeConsents(consents: readonly ConsentReceipt[]): string {
  const documents = consents.map(({ id, version, documentUrl }) => JSON.stringify([id, version, documentUrl]))
  return [...new Set(documents)].toSorted().join()
}

/**
 * Whether the page sent the current revision later, by the clock of the person: posts may arrive in another order than they
 * were sent.
 */
export async function isOutdated(
  transaction: Transaction,
  state: LeadState,
  lead: ValidatedLead,
): Promise<boolean> {
  const [row] = await transaction.query<{ page: Lead['page'] }>(
    'select page from anketa.revisions where lead = $1 and revision = $2',
    [state.id, state.revision],
  )
  return row !== undefined && Date.parse(lead.page.submittedAt) < Date.parse(row.page.submittedAt)
}
