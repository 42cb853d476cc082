import { isDeepStrictEqual } from 'node:util'
import type { ConsentReceipt, Lead } from '../../../lead/lead.ts'
import type { LeadValues } from '../../../lead/values.ts'
import { toStorableJson } from '../../database/connection/storable.ts'
import type { Queryable, Transaction } from '../../database/database.ts'
import type { Encryption } from '../../database/encryption/encryption.ts'
import { sealPage } from '../../database/encryption/personal-data.ts'
import type { LeadState } from '../lead-state.ts'
import type { ValidatedLead } from './store-revision.ts'

/** Whether a post repeats the current revision: the same values, and consents to the same documents. */
export async function isRepeat(source: Queryable, state: LeadState, lead: ValidatedLead): Promise<boolean> {
  const [row] = await source.query<{ values: LeadValues; consents: readonly ConsentReceipt[] }>(
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

/** The phone of a state's revision, if it has one. */
export async function readPhone(source: Queryable, state: LeadState): Promise<string | undefined> {
  const [row] = await source.query<{ values: LeadValues }>(
    'select "values" from anketa.revisions where lead = $1 and revision = $2',
    [state.id, state.revision],
  )
  const phone = row?.values.phone
  return typeof phone === 'string' && phone !== '' ? phone : undefined
}

/** The documents that were agreed to, regardless of time and order. */
function serializeConsents(consents: readonly ConsentReceipt[]): string {
  const documents = consents.map(({ id, version, documentUrl }) => JSON.stringify([id, version, documentUrl]))
  return [...new Set(documents)].toSorted().join()
}

/**
 * Notes that the page has sent the current revision again, so that nothing that it sent in between replaces that later. The
 * lead is locked.
 */
export async function noteRepeat(
  transaction: Transaction,
  encryption: Encryption,
  state: LeadState,
  lead: ValidatedLead,
): Promise<void> {
  const page = await readPage(transaction, state)
  if (!page || submittedMs(lead.page) <= submittedMs(page)) return
  const cipher = await encryption.cipherOf(transaction, state.id)
  const { submittedAt } = lead.page
  await transaction.query('update anketa.revisions set page = $3::jsonb where lead = $1 and revision = $2', [
    state.id,
    state.revision,
    sealPage({ ...page, submittedAt }, cipher),
  ])
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
  const page = await readPage(transaction, state)
  return page !== undefined && submittedMs(lead.page) < submittedMs(page)
}

/** What the current revision says of its page. */
async function readPage(transaction: Transaction, state: LeadState): Promise<Lead['page'] | undefined> {
  const [row] = await transaction.query<{ page: Lead['page'] }>(
    'select page from anketa.revisions where lead = $1 and revision = $2',
    [state.id, state.revision],
  )
  return row?.page
}

const submittedMs = ({ submittedAt }: Lead['page']): number => Date.parse(submittedAt)
