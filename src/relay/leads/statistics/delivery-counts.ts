import type { Queryable } from '../../database/database.ts'

/** The numbers of deliveries that are not decided. */
export interface DeliveryCounts {
  readonly waiting: number
  /** Given up after a week. */
  readonly failed: number
  /** Sent without an answer and not to be repeated. */
  readonly uncertain: number
  /** Refused for their credentials within a day, whether or not another destination was asked instead. */
  readonly refused: number
  /** Answered within a day in a way that nobody can read, whether or not another destination was asked instead. */
  readonly unreadable: number
}

/** The counts of a destination, and since when its oldest waiting delivery has been waiting. */
export interface DestinationCounts extends DeliveryCounts {
  readonly oldestWaiting?: Date | undefined
}

/** The counts by form and by the destination's stored key. */
export type CountsByDestination = Readonly<Record<string, Readonly<Record<string, DestinationCounts>>>>

/** Counts the deliveries that an operator should know of; a destination without any is left out. */
export async function countDeliveries(database: Queryable, now: Date): Promise<CountsByDestination> {
  const rows = await database.query<
    DeliveryCounts & {
      readonly form: string
      readonly destination: string
      readonly oldestWaiting: Date | null
    }
  >(
    `select l.form, d.destination,
       count(*) filter (where d.status = 'waiting')::int as waiting,
       min(d.queued_at) filter (where d.status = 'waiting' and d.blocked_until is null) as "oldestWaiting",
       count(*) filter (where d.status = 'failed')::int as failed,
       count(*) filter (where d.status = 'uncertain')::int as uncertain,
       count(*) filter (where d.outcome ->> 'outcome' = 'refused' and d.status in ('waiting', 'passed')
         and d.settled_at > $1)::int as refused,
       count(*) filter (where d.outcome ->> 'outcome' = 'unreadable' and d.status in ('waiting', 'passed')
         and d.settled_at > $1)::int as unreadable
     from anketa.deliveries d join anketa.leads l on l.id = d.lead
     where d.status in ('waiting', 'failed', 'uncertain') or (d.status = 'passed' and d.settled_at > $1)
     group by l.form, d.destination order by l.form, d.destination`,
    [new Date(now.getTime() - 24 * 3600 * 1000)],
  )
  const counts: Record<string, Record<string, DestinationCounts>> = {}
  for (const { form, destination, oldestWaiting, ...row } of rows) {
    if (row.waiting + row.failed + row.uncertain + row.refused + row.unreadable === 0) continue
    counts[form] = { ...counts[form], [destination]: { ...row, ...(oldestWaiting && { oldestWaiting }) } }
  }
  return counts
}

/** Adds up the counts of all destinations. */
export function sumCounts(counts: CountsByDestination): DeliveryCounts {
  const all = Object.values(counts).flatMap((destinations) => Object.values(destinations))
  const total = (name: keyof DeliveryCounts) => all.reduce((sum, row) => sum + row[name], 0)
  return {
    waiting: total('waiting'),
    failed: total('failed'),
    uncertain: total('uncertain'),
    refused: total('refused'),
    unreadable: total('unreadable'),
  }
}
