import { formatLeadNumber } from '../../../lead/lead-number.ts'
import type { LeadValues } from '../../../lead/values.ts'
import type { Database, Queryable } from '../../database/database.ts'
import { normalizePersonName } from '../../database/encryption/key-ring.ts'
import type { DeliveryStatus } from '../lead-state.ts'
import { queryCanceled, sqlStateOf } from '../../database/sql-state.ts'
import {
  buildListStatement,
  type LeadListFilter,
  type ListPosition,
  pickLeadingFilter,
  type SoughtName,
} from './lead-filter.ts'
import { maskPerson } from './mask.ts'

/** A lead in a list for operators. */
export interface ListedLead {
  readonly id: string
  readonly number: string
  readonly form: string
  readonly status: string
  readonly receivedAt: Date
  /** Masked. */
  readonly person: string
  readonly amount?: number | undefined
  /** The stored key of the destination that has the lead, or that it was last meant for. */
  readonly destination?: string | undefined
  readonly problem?: 'failed' | 'refused' | 'uncertain' | 'waiting' | undefined
  readonly suspicions: readonly string[]
  /** The step where the person is in a lead that is not finished. */
  readonly step: string | null
}

/** A part of a list. */
export interface LeadListPage {
  readonly leads: readonly ListedLead[]
  /** Where the following part begins; absent after the last lead. */
  readonly next?: ListPosition | undefined
}

/** Leads that are read at a time where names are compared one by one. */
const scanSize = 200

/** Leads that one request compares. A longer search goes on with the next page. */
const maxScanned = 2000

/**
 * How long a statement may take that applies several filters together. Two that hardly ever meet, such as a form and a
 * campaign that was never used with it, would make it read all leads.
 */
const maxTogetherMs = 100

/** Leads of one filter that are compared with the others at a time. */
const windowSize = 2000

/** Reads a page of a list of leads, the latest first. `database` returns decrypted values. */
export async function listLeads(
  database: Database,
  filter: LeadListFilter,
  after: ListPosition | undefined,
  limit: number,
): Promise<LeadListPage> {
  const found = await findPage(database, filter, after, limit)
  const ids = found.positions.map(({ id }) => id)
  return { leads: await loadListedLeads(database, ids), next: found.next }
}

/** A lead and its place in the list. */
export interface LeadPosition extends ListPosition {
  readonly id: string
}

interface FoundPage {
  readonly positions: readonly LeadPosition[]
  readonly next: ListPosition | undefined
}

/** Finds the ids of a page of a list. */
export async function findPage(
  database: Database,
  filter: LeadListFilter,
  after: ListPosition | undefined,
  limit: number,
): Promise<FoundPage> {
  const { name } = filter
  if (!name || name.others.length === 0) {
    const leading = pickLeadingFilter(filter)
    const rows = await readPositions(database, filter, after, limit + 1, leading && maxTogetherMs).catch(
      (error: unknown) => {
        if (leading && sqlStateOf(error) === queryCanceled) return undefined
        throw error
      },
    )
    if (leading && !rows) return scanPage(database, filter, leading, after, limit)
    const positions = (rows ?? []).slice(0, limit)
    return { positions, next: (rows ?? []).length > limit ? positions.at(-1) : undefined }
  }
  const positions: LeadPosition[] = []
  let from = after
  for (let scanned = 0; scanned < maxScanned; scanned += scanSize) {
    const rows = await readPositions(database, filter, from, scanSize)
    const matching = await matchNames(database, rows, name)
    for (const row of rows) {
      if (matching.has(row.id)) positions.push(row)
      if (positions.length === limit) return { positions, next: row }
    }
    if (rows.length < scanSize) return { positions, next: undefined }
    from = rows.at(-1)
  }
  return { positions, next: from }
}

/**
 * Reads a list by one of its filters and compares the others, for some time. A page may have fewer leads than it could: the
 * next one goes on where it ends.
 */
async function scanPage(
  database: Database,
  filter: LeadListFilter,
  leading: LeadListFilter,
  after: ListPosition | undefined,
  limit: number,
): Promise<FoundPage> {
  const positions: LeadPosition[] = []
  const deadline = performance.now() + maxTogetherMs
  let from = after
  do {
    const rows = await readPositions(database, leading, from, windowSize)
    const ids = rows.map(({ id }) => id)
    const matching = await readPositions(database, { ...filter, ids }, undefined, windowSize)
    for (const row of matching) {
      positions.push(row)
      if (positions.length === limit) return { positions, next: row }
    }
    if (rows.length < windowSize) return { positions, next: undefined }
    from = rows.at(-1)
  } while (performance.now() < deadline)
  return { positions, next: from }
}

async function readPositions(
  database: Database,
  filter: LeadListFilter,
  after: ListPosition | undefined,
  limit: number,
  maxMs?: number,
): Promise<readonly LeadPosition[]> {
  const { sql, parameters } = buildListStatement(filter, after, limit)
  return database.transaction(async (transaction) => {
    // A plan for any values is slow for some of them, and to compile a statement takes longer than to run it.
    await transaction.query(
      `select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)`,
    )
    if (maxMs !== undefined)
      await transaction.query(`select set_config('statement_timeout', $1, true)`, [String(maxMs)])
    return transaction.query<LeadPosition>(sql, parameters)
  })
}

async function matchNames(
  database: Queryable,
  rows: readonly LeadPosition[],
  { others }: SoughtName,
): Promise<ReadonlySet<string>> {
  const loaded = await database.query<{ readonly id: string; readonly values: LeadValues }>(
    `select l.id, r."values" from anketa.leads l join anketa.revisions r on r.lead = l.id and r.revision = l.revision
     where l.id = any ($1::uuid[])`,
    [rows.map(({ id }) => id)],
  )
  const matching = loaded.filter(({ values: { firstName = '', middleName = '' } }) => {
    const names = [firstName, middleName].map(normalizePersonName)
    return others.every((beginning, index) => names[index]?.startsWith(beginning))
  })
  return new Set(matching.map(({ id }) => id))
}

interface LeadRowSource {
  readonly id: string
  readonly form: string
  readonly status: string
  readonly receivedAt: Date
  readonly suspicions: readonly string[]
  readonly step: string | null
  readonly values: LeadValues | null
}

interface DeliveryRowSource {
  readonly lead: string
  readonly destination: string
  readonly status: DeliveryStatus
  readonly outcome: string | null
}

/** Loads leads for a list, in the order of their ids here. One that has been erased meanwhile is left out. */
export async function loadListedLeads(
  source: Queryable,
  ids: readonly string[],
): Promise<readonly ListedLead[]> {
  if (ids.length === 0) return []
  const leads = await source.query<LeadRowSource>(
    `select l.id, l.form, l.status, l.received_at as "receivedAt", l.suspicions, l.partial_step as step, r."values"
     from anketa.leads l left join anketa.revisions r on r.lead = l.id and r.revision = l.revision
     where l.id = any ($1::uuid[])`,
    [ids],
  )
  const deliveries = await source.query<DeliveryRowSource>(
    `select lead, destination, status, outcome ->> 'outcome' as outcome from anketa.deliveries
     where lead = any ($1::uuid[]) order by position`,
    [ids],
  )
  const byId = new Map(leads.map((lead) => [lead.id, lead]))
  const byLead = Map.groupBy(deliveries, ({ lead }) => lead)
  return ids.flatMap((id) => {
    const lead = byId.get(id)
    if (!lead) return []
    const { values, ...known } = lead
    const own = byLead.get(id) ?? []
    return {
      ...known,
      number: formatLeadNumber(id),
      person: maskPerson(values ?? {}),
      amount: values?.amount,
      destination: findHolder(own)?.destination,
      problem: findProblem(own),
    }
  })
}

/** The delivery that tells where a lead is: accepted before all others, then the last one that is not given up for another. */
function findHolder(deliveries: readonly DeliveryRowSource[]): DeliveryRowSource | undefined {
  return (
    deliveries.find(({ outcome, status }) => status === 'decided' && outcome === 'accepted') ??
    deliveries.findLast(({ status }) => status !== 'passed') ??
    deliveries.at(-1)
  )
}

/** What an operator should look at first. */
function findProblem(deliveries: readonly DeliveryRowSource[]): ListedLead['problem'] {
  if (deliveries.some(({ status }) => status === 'uncertain')) return 'uncertain'
  const isTaken = deliveries.some(({ status, outcome }) => status === 'decided' && outcome === 'accepted')
  if (deliveries.some(({ status }) => status === 'failed')) return isTaken ? undefined : 'failed'
  const waiting = deliveries.filter(({ status }) => status === 'waiting')
  if (waiting.length === 0) return undefined
  return waiting.some(({ outcome }) => outcome === 'refused') ? 'refused' : 'waiting'
}
