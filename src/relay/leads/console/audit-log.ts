import type { Queryable } from '../../database/database.ts'
import { hashLeadId } from '../../runtime/hash.ts'

/** What is recorded. */
export const auditActions = [
  'sign-in',
  'reveal',
  'search',
  'retry',
  'message-retry',
  'resolve',
  'erase',
  'export',
  'backup',
  'places',
  'revoke',
  'reload',
  'form-save',
  'form-restore',
  'form-withdraw',
] as const

/** One of {@link auditActions}. */
export type AuditAction = (typeof auditActions)[number]

/** What is recorded of an action. `details` never holds a personal value. */
export interface AuditRecord {
  readonly user: string
  readonly action: AuditAction
  /** The id of the lead, if it is about one. */
  readonly lead?: string | undefined
  readonly details?: Readonly<Record<string, string | boolean>> | undefined
  readonly count?: number | undefined
}

/** A recorded action. */
export interface StoredAudit {
  readonly number: string
  readonly at: Date
  readonly user: string
  /** An {@link AuditAction}, or what a newer relay of the same database has stored. */
  readonly action: string
  readonly lead: string | null
  readonly leadHash: string | null
  readonly details: Readonly<Record<string, string | boolean>>
  readonly count: number | null
}

const columns = `a.number::text as number, at, user_name as "user", action, lead, lead_hash as "leadHash", details, count`

/** Records an action, and returns the number of the line. Call it before what it records is done. */
export async function recordAudit(
  source: Queryable,
  { user, action, lead, details = {}, count }: AuditRecord,
  now: Date,
): Promise<string> {
  const [row] = await source.query<{ readonly number: string }>(
    `insert into anketa.audit (at, user_name, action, lead, lead_hash, details, count)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7) returning number::text as number`,
    [
      now,
      user,
      action,
      lead ?? null,
      lead === undefined ? null : hashLeadId(lead),
      JSON.stringify(details),
      count ?? null,
    ],
  )
  return row?.number ?? ''
}

/** Adds to a line how many leads the action was about, once that is known. */
export async function recordAuditCount(source: Queryable, number: string, count: number): Promise<void> {
  await source.query('update anketa.audit set count = $2 where number = $1::bigint', [number, count])
}

/** Reads the lines before one, the latest first. */
export async function listAudit(
  source: Queryable,
  before: string | undefined,
  limit: number,
): Promise<readonly StoredAudit[]> {
  return source.query<StoredAudit>(
    `select ${columns} from anketa.audit a where $1::bigint is null or a.number < $1::bigint
     order by a.number desc limit $2`,
    [before ?? null, limit],
  )
}

/** Reads the lines about one lead, the latest first. */
export async function listAuditOfLead(source: Queryable, lead: string): Promise<readonly StoredAudit[]> {
  return source.query<StoredAudit>(
    `select ${columns} from anketa.audit a where lead_hash = $1 order by a.number desc limit 200`,
    [hashLeadId(lead)],
  )
}

/** Leaves of the lines about erased leads the hashes of their ids. */
export async function forgetLeadsInAudit(source: Queryable, leads: readonly string[]): Promise<void> {
  await source.query(
    'update anketa.audit set lead = null where lead_hash = any ($1::text[]) and lead is not null',
    [leads.map(hashLeadId)],
  )
}
