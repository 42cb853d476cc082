import type { Database, Queryable } from '../../database/database.ts'
import { queryCanceled, sqlStateOf } from '../../database/sql-state.ts'
import { maxPairs, others } from './event-counts.ts'

/** Which days, in Moscow, and which form the statistics are of. */
export interface StatisticsQuery {
  /** `2026-11-01` */
  readonly from: string
  /** The last day, which is included. */
  readonly to: string
  readonly form?: string | undefined
}

/** What people did on pages, and what became of their leads. */
export interface Statistics {
  /** By day, form, variant and source; a day without any is missing. Of pairs beyond 200 a form the most frequent ones are named. */
  readonly funnel: readonly FunnelRow[]
  /** How often each step was reached, by form. */
  readonly steps: readonly StepRow[]
  /** Where pages were left after a start, the most frequent first. */
  readonly left: readonly LeftRow[]
}

/** The counts of a day. */
export interface FunnelRow {
  readonly day: string
  readonly form: string
  readonly variant: string
  readonly source: string
  readonly view: number
  readonly start: number
  /** Pages on which the person pressed the button that sends. */
  readonly submit: number
  /** Stored leads. */
  readonly sent: number
  readonly accepted: number
  readonly declined: number
  /** Neither accepted nor declined yet. */
  readonly waiting: number
}

/** How often a step was reached. */
export interface StepRow {
  readonly form: string
  readonly step: string
  readonly count: number
}

/** How often a page was left at a field, and with which code of what was wrong; `''` for all together. */
export interface LeftRow {
  readonly form: string
  readonly step: string
  readonly field: string
  readonly code: string
  readonly count: number
}

/** Rows of fields that are read. */
const maxLeftRows = 500

/** How long each of the statements may take. A dashboard must not hold a connection that leads need. */
const maxStatementMs = 1200

/** The statistics of these days take too long to read. */
export class SlowStatisticsError extends Error {}

/** Reads statistics. */
export interface StatisticsReader {
  /**
   * Reads the statistics of some days. Leads are counted by the day on which they were received, the variant and
   * `utm_source` of their current revision. Partial leads are not sent. Throws {@link SlowStatisticsError}.
   */
  read(query: StatisticsQuery): Promise<Statistics>
}

/**
 * Creates the reader of a relay. It uses two connections at a time, however many ask, and those who ask for the same at
 * the same time get one answer.
 */
export function createStatisticsReader(database: Database): StatisticsReader {
  const running = new Map<string, Promise<Statistics>>()
  let last: Promise<unknown> = Promise.resolve()
  return {
    read(query) {
      const name = JSON.stringify([query.from, query.to, query.form])
      const known = running.get(name)
      if (known) return known
      const reading = last.then(() => readStatistics(database, query)).finally(() => running.delete(name))
      last = reading.catch(() => {})
      running.set(name, reading)
      return reading
    },
  }
}

async function readStatistics(database: Database, query: StatisticsQuery): Promise<Statistics> {
  try {
    const [funnel, events] = await Promise.all([
      database.transaction((transaction) => readFunnel(transaction, query)),
      database.transaction((transaction) => readEvents(transaction, query)),
    ])
    return { funnel, ...events }
  } catch (error) {
    if (sqlStateOf(error) === queryCanceled) throw new SlowStatisticsError()
    throw error
  }
}

/** Prepares a transaction. Returns the condition of the chosen days, and its parameters. */
async function begin(transaction: Queryable, query: StatisticsQuery) {
  // A plan for any days is slow for many of them, and to compile a statement takes longer than to run it.
  await transaction.query(
    `select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true),
       set_config('statement_timeout', $1, true)`,
    [String(maxStatementMs)],
  )
  const parameters = [query.from, query.to, ...(query.form === undefined ? [] : [query.form])]
  return {
    parameters,
    chosen: `day between $1::date and $2::date${query.form === undefined ? '' : ' and form = $3'}`,
  }
}

async function readFunnel(transaction: Queryable, query: StatisticsQuery): Promise<readonly FunnelRow[]> {
  const { chosen, parameters } = await begin(transaction, query)
  const funnel = await transaction.query<FunnelRow>(
    `with pages as (
       select form, day, variant, source, ${sumSql('view')}, ${sumSql('start')}, ${sumSql('submit')}
       from anketa.event_counts where ${chosen} and code = '' and event in ('view', 'start', 'submit')
       group by form, day, variant, source
     ), stored as (
       select form, day, variant, source, count(*) as sent, ${countSql('accepted', ['accepted'])},
         ${countSql('declined', endedStatuses)}
       from anketa.leads where ${chosen} and status <> 'partial' group by day, form, variant, source
     ), counted as (
       select form, day, variant, source, view, start, submit, 0 as sent, 0 as accepted, 0 as declined from pages
       union all
       select form, day, variant, source, 0, 0, 0, sent, accepted, declined from stored
     ), pairs as (
       select form, variant, source from (
         select form, variant, source, row_number() over (partition by form order by
           sum(view + sent) desc, variant, source) as rank
         from counted group by form, variant, source
       ) as ranked where rank <= ${maxPairs}
     ), named as (
       select day, form, case when p.form is null then '${others}' else variant end as variant,
         case when p.form is null then '${others}' else source end as source,
         view, start, submit, sent, accepted, declined
       from counted left join pairs p using (form, variant, source)
     )
     select day::text, form, variant, source, sum(view)::int as view, sum(start)::int as start,
       sum(submit)::int as submit, sum(sent)::int as sent, sum(accepted)::int as accepted, sum(declined)::int as declined
     from named group by named.day, form, variant, source order by named.day, form, variant, source`,
    parameters,
  )
  return funnel.map((row) => ({ ...row, waiting: row.sent - row.accepted - row.declined }))
}

async function readEvents(
  transaction: Queryable,
  query: StatisticsQuery,
): Promise<Pick<Statistics, 'steps' | 'left'>> {
  const { chosen, parameters } = await begin(transaction, query)
  const steps = await transaction.query<StepRow>(
    `select form, step, sum(count)::int as count from anketa.step_counts
     where ${chosen} and event = 'step' and code = '' group by form, step order by form, count desc, step`,
    parameters,
  )
  const left = await transaction.query<LeftRow>(
    `select form, step, field, code, sum(count)::int as count from anketa.step_counts
     where ${chosen} and event = 'leave' group by form, step, field, code
     order by count desc, form, step, field, code limit ${maxLeftRows}`,
    parameters,
  )
  return { steps, left }
}

/** The statuses of leads that ended without an acceptance. */
const endedStatuses = ['declined', 'duplicate', 'failed', 'stored'] as const

/** How often an event was counted. */
function sumSql(event: string): string {
  return `coalesce(sum(count) filter (where event = '${event}'), 0) as ${event}`
}

/** How many leads have one of some statuses. */
function countSql(name: string, statuses: readonly string[]): string {
  const list = statuses.map((status) => `'${status}'`).join(', ')
  return `count(*) filter (where status in (${list})) as ${name}`
}
