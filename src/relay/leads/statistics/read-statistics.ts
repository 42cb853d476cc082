import type { Database } from '../../database/database.ts'
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

/**
 * Reads the statistics of some days. Leads are counted by the day on which they were received, the variant and
 * `utm_source` of their current revision. Partial leads are not sent.
 */
export async function readStatistics(database: Database, query: StatisticsQuery): Promise<Statistics> {
  const parameters = [query.from, query.to, query.form ?? null]
  const chosen = 'day between $1::date and $2::date and ($3::text is null or form = $3)'
  const [funnel, steps, left] = await Promise.all([
    database.query<FunnelRow>(
      `with events as (
         select form, day, variant, source, event, sum(count)::int as count from anketa.event_counts
         where ${chosen} and code = '' and event in ('view', 'start', 'submit') group by 1, 2, 3, 4, 5
       ), sent as (
         select l.form, (l.received_at at time zone 'Europe/Moscow')::date as day,
           coalesce(r.page ->> 'variant', '') as variant, coalesce(r.attribution ->> 'utm_source', '') as source, l.status
         from anketa.leads l join anketa.revisions r on r.lead = l.id and r.revision = l.revision
         where l.received_at >= ($1::date::timestamp at time zone 'Europe/Moscow')
           and l.received_at < (($2::date + 1)::timestamp at time zone 'Europe/Moscow')
           and ($3::text is null or l.form = $3) and l.status <> 'partial'
       ), counted as (
         select form, day, variant, source,
           case event when 'view' then count else 0 end as view, case event when 'start' then count else 0 end as start,
           case event when 'submit' then count else 0 end as submit, 0 as sent, 0 as accepted, 0 as declined
         from events
         union all
         select form, day, variant, source, 0, 0, 0, count(*)::int,
           count(*) filter (where status = 'accepted')::int,
           count(*) filter (where status in ('declined', 'duplicate', 'failed', 'stored'))::int
         from sent group by 1, 2, 3, 4
       ), pairs as (
         select form, variant, source from (
           select form, variant, source, row_number() over
             (partition by form order by sum(view + sent) desc, variant, source) as rank
           from counted group by form, variant, source
         ) as ranked where rank <= $4
       )
       select day::text, form, case when p.form is null then $5 else variant end as variant,
         case when p.form is null then $5 else source end as source, sum(view)::int as view, sum(start)::int as start,
         sum(submit)::int as submit, sum(sent)::int as sent, sum(accepted)::int as accepted,
         sum(declined)::int as declined, (sum(sent) - sum(accepted) - sum(declined))::int as waiting
       from counted left join pairs p using (form, variant, source)
       group by day, form, 3, 4 order by day, form, 3, 4`,
      [...parameters, maxPairs, others],
    ),
    database.query<StepRow>(
      `select form, step, sum(count)::int as count from anketa.event_counts
       where ${chosen} and event = 'step' and code = '' group by form, step order by form, count desc, step`,
      parameters,
    ),
    database.query<LeftRow>(
      `select form, step, field, code, sum(count)::int as count from anketa.event_counts
       where ${chosen} and event = 'leave' group by form, step, field, code
       order by count desc, form, step, field, code limit ${maxLeftRows}`,
      parameters,
    ),
  ])
  return { funnel, steps, left }
}
