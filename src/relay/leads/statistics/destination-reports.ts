import type { Clock } from 'pg-boss'
import type { Outcome } from '../../../lead/outcome.ts'
import type { Database } from '../../database/database.ts'
import { describeError, type Log } from '../../log.ts'

/** The latest success and failure of the calls to a destination. */
export interface DestinationReport {
  readonly succeededAt?: Date | undefined
  readonly failedAt?: Date | undefined
  /** Why the latest failure was one: an outcome and the adapter's own reason, without a person's value. */
  readonly failure?: string | undefined
}

/** How the calls to all destinations went lately. All relays of a database know of them, also after a restart. */
export interface DestinationReports {
  record(form: string, destination: string, outcome: Outcome, at: Date): void
  /** By form and destination, those of other relays included. */
  read(): Promise<ReadonlyMap<string, ReadonlyMap<string, DestinationReport>>>
  /** Stores what is not stored yet. */
  close(): Promise<void>
}

/** Reports are stored together: a lead costs no statement for them. */
const storeIntervalMs = 5000

/** Reports of a process that was killed are made up for from the attempts of this time. */
const restoreMs = 24 * 3600 * 1000

/** Whether an outcome shows that the destination works: it has answered about the lead. */
function isSuccess({ outcome }: Outcome): boolean {
  return !['unavailable', 'refused', 'unreadable', 'uncertain'].includes(outcome)
}

interface ReportRow extends DestinationReport {
  readonly form: string
  readonly destination: string
}

/** Opens the reports. */
export function openDestinationReports(database: Database, clock: Clock, log: Log): DestinationReports {
  let unstored = new Map<string, ReportRow>()
  let storing: Promise<void> = restore(database, new Date(clock.now() - restoreMs)).catch(warn)

  function add(row: ReportRow): void {
    const { form, destination } = row
    unstored.set(keyOf(row), { form, destination, ...merge(unstored.get(keyOf(row)), row) })
  }
  async function store(): Promise<void> {
    await storing
    const rows = [...unstored.values()]
    if (rows.length === 0) return
    unstored = new Map()
    storing = storeReports(database, rows).catch((error: unknown) => {
      for (const row of rows) add(row)
      warn(error)
    })
    await storing
  }
  function warn(error: unknown): void {
    log('warning', 'The reports on destinations are not stored yet', { fault: describeError(error) })
  }
  const timer = clock.setInterval(() => void store(), storeIntervalMs)

  return {
    record(form, destination, outcome, at) {
      const reason = 'reason' in outcome ? outcome.reason : undefined
      const row: ReportRow = isSuccess(outcome)
        ? { form, destination, succeededAt: at }
        : {
            form,
            destination,
            failedAt: at,
            failure: [outcome.outcome, reason].filter(Boolean).join(': ').slice(0, 300),
          }
      add(row)
    },
    async read() {
      await storing
      const rows = await database.query<ReportRow>(
        `select form, destination, succeeded_at as "succeededAt", failed_at as "failedAt", failure
         from anketa.destination_reports`,
      )
      const reports = new Map<string, Map<string, DestinationReport>>()
      for (const { form, destination, ...report } of [...rows, ...unstored.values()]) {
        const byDestination = reports.get(form) ?? new Map<string, DestinationReport>()
        reports.set(form, byDestination.set(destination, merge(byDestination.get(destination), report)))
      }
      return reports
    },
    async close() {
      clock.clearInterval(timer)
      await store()
    },
  }
}

function keyOf({ form, destination }: Pick<ReportRow, 'form' | 'destination'>): string {
  return `${form}/${destination}`
}

/** The later success and the later failure of two reports. */
function merge(one: DestinationReport | undefined, other: DestinationReport | undefined): DestinationReport {
  const failed = time(one?.failedAt) > time(other?.failedAt) ? one : other
  const succeeded = time(one?.succeededAt) > time(other?.succeededAt) ? one : other
  return { succeededAt: succeeded?.succeededAt, failedAt: failed?.failedAt, failure: failed?.failure }
}

function time(at: Date | null | undefined): number {
  return at?.getTime() ?? Number.NEGATIVE_INFINITY
}

const upsertSql = `on conflict (form, destination) do update set
  succeeded_at = greatest(stored.succeeded_at, excluded.succeeded_at),
  failure = case when excluded.failed_at > coalesce(stored.failed_at, '-infinity') then excluded.failure
    else stored.failure end,
  failed_at = greatest(stored.failed_at, excluded.failed_at)`

async function storeReports(database: Database, rows: readonly ReportRow[]): Promise<void> {
  await database.query(
    `insert into anketa.destination_reports as stored (form, destination, succeeded_at, failed_at, failure)
     select form, destination, succeeded, failed, failure
     from jsonb_to_recordset($1::jsonb) as report (form text, destination text, succeeded timestamptz,
       failed timestamptz, failure text)
     ${upsertSql}`,
    [
      JSON.stringify(
        rows.map(({ form, destination, succeededAt, failedAt, failure }) => ({
          form,
          destination,
          succeeded: succeededAt,
          failed: failedAt,
          failure,
        })),
      ),
    ],
  )
}

/** Adds what the attempts say, for reports that a killed process could not store. */
async function restore(database: Database, since: Date): Promise<void> {
  await database.query(
    `insert into anketa.destination_reports as stored (form, destination, succeeded_at, failed_at, failure)
     select form, destination, max(finished_at) filter (where not failed), max(finished_at) filter (where failed),
       (array_agg(outcome ->> 'outcome' || coalesce(': ' || left(outcome ->> 'reason', 280), '')
         order by finished_at desc) filter (where failed))[1]
     from (select l.form, a.destination, a.finished_at, a.outcome,
         a.outcome ->> 'outcome' in ('unavailable', 'refused', 'unreadable', 'uncertain') as failed
       from anketa.attempts a join anketa.leads l on l.id = a.lead
       where a.started_at > $1 and a.finished_at is not null) recent
     group by form, destination
     ${upsertSql}`,
    [since],
  )
}
