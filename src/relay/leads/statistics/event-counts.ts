import type { Clock } from 'pg-boss'
import { moscowDate } from '../../../lead/calendar-date.ts'
import type { Database } from '../../database/database.ts'
import { describeError, type Log } from '../../log.ts'

/** What people do in a form, as it is counted. */
export const pageEvents = ['view', 'start', 'step', 'leave', 'submit'] as const

/** An event of a form on a page. It names no person, no lead and no value. */
export interface PageEvent {
  readonly event: (typeof pageEvents)[number]
  /** The id of the step that was reached (`step`) or left (`leave`). */
  readonly step?: string | undefined
  /** The field at which the page was left. */
  readonly field?: string | undefined
  /** The codes of what was wrong with that field then. */
  readonly codes?: readonly string[] | undefined
  /** The page's variant of the form. */
  readonly variant?: string | undefined
  /** `utm_source` of the visit. */
  readonly source?: string | undefined
}

/** Counts events of forms by day. */
export interface EventCounts {
  count(form: string, event: PageEvent): void
  /** Stores what is not stored yet. */
  store(): Promise<void>
  /** Stores what is not stored yet, and stops. */
  close(): Promise<void>
}

/** Counts are stored together. A process that is killed loses those of this time. */
const storeIntervalMs = 5000

/** Pairs of variant and source that are counted apart, by form and day and relay. Further ones are {@link others}. */
export const maxPairs = 200

/** The variant and the source of what is not counted apart. */
export const others = '(other)'

/** A count as it is stored. */
interface CountRow {
  readonly form: string
  readonly day: string
  readonly event: string
  readonly step: string
  readonly field: string
  readonly code: string
  readonly variant: string
  readonly source: string
  readonly count: number
}

/** Opens the counts. */
export function openEventCounts(database: Database, clock: Clock, log: Log): EventCounts {
  let unstored = new Map<string, CountRow>()
  let storing = Promise.resolve()
  const pairs = new Map<string, Set<string>>()

  /** The variant and the source, or {@link others}: hostile posts must not fill the table. */
  function boundPair(form: string, day: string, variant: string, source: string): readonly [string, string] {
    const name = `${day} ${form}`
    for (const old of pairs.keys()) if (!old.startsWith(day)) pairs.delete(old)
    const known = pairs.get(name) ?? new Set()
    pairs.set(name, known)
    const pair = JSON.stringify([variant, source])
    if (known.has(pair)) return [variant, source]
    if (known.size >= maxPairs) return [others, others]
    known.add(pair)
    return [variant, source]
  }

  function add(row: CountRow): void {
    const { count, ...rest } = row
    const key = JSON.stringify(Object.values(rest))
    unstored.set(key, { ...rest, count: count + (unstored.get(key)?.count ?? 0) })
  }

  async function store(): Promise<void> {
    await storing
    const rows = [...unstored.values()]
    if (rows.length === 0) return
    unstored = new Map()
    storing = storeCounts(database, rows).catch((error: unknown) => {
      for (const row of rows) add(row)
      log('warning', 'Counts of events are not stored yet', { fault: describeError(error) })
    })
    await storing
  }

  const timer = clock.setInterval(() => void store(), storeIntervalMs)
  return {
    count(form, { event, step = '', field = '', codes = [], variant = '', source = '' }) {
      const day = moscowDate(new Date(clock.now()))
      const [boundVariant, boundSource] = boundPair(form, day, variant, source)
      // Without a code the event itself is counted. Its codes are counted beside it.
      for (const code of ['', ...new Set(codes)])
        add({ form, day, event, step, field, code, variant: boundVariant, source: boundSource, count: 1 })
    },
    store,
    async close() {
      clock.clearInterval(timer)
      await store()
    },
  }
}

async function storeCounts(database: Database, rows: readonly CountRow[]): Promise<void> {
  // In one order, so that relays do not wait for each other's rows in a circle.
  await database.query(
    `insert into anketa.event_counts as stored (form, day, event, step, field, code, variant, source, count)
     select form, day, event, step, field, code, variant, source, count
     from jsonb_to_recordset($1::jsonb) as counted (form text, day date, event text, step text, field text, code text,
       variant text, source text, count bigint)
     order by form, day, event, step, field, code, variant, source
     on conflict (form, day, event, step, field, code, variant, source)
     do update set count = stored.count + excluded.count`,
    [JSON.stringify(rows)],
  )
}
