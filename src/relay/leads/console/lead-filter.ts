import type { filterableParameters } from '../../database/schema/console-steps.ts'
import type { LeadNumberEnds } from './parse-lead-number.ts'

/** Which leads a list has. Every member narrows it. */
export interface LeadListFilter {
  readonly form?: string | undefined
  readonly status?: string | undefined
  /** The stored key of a destination. */
  readonly destination?: string | undefined
  /** Received then or later. */
  readonly from?: Date | undefined
  /** Received before. */
  readonly before?: Date | undefined
  /** A parameter of the visit in which the lead was first sent. */
  readonly attribution?:
    | { readonly name: (typeof filterableParameters)[number]; readonly value: string }
    | undefined
  readonly number?: LeadNumberEnds | undefined
  /** The keyed hash of a phone or of an e-mail address. */
  readonly contactHash?: string | undefined
  readonly name?: SoughtName | undefined
  /** Only these. */
  readonly ids?: readonly string[] | undefined
}

/** A name that is looked for. */
export interface SoughtName {
  /** The keyed hash of the last name. */
  readonly hash: string
  /** The normalized beginnings of the first and the middle name. */
  readonly others: readonly string[]
}

/** A place in a list: the moment by which it is sorted, as the database writes it, and the number of the lead. */
export interface ListPosition {
  readonly at: string
  readonly number: string
}

/** A statement with its parameters. */
export interface ListStatement {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/**
 * The statement that reads the ids of the next leads of a list, the latest first. The table that the order is taken from has
 * an index with its filter and the time of the lead, which is the same in all tables: the first page is as fast as any other,
 * and as in a small database.
 */
export function buildListStatement(
  filter: LeadListFilter,
  after: ListPosition | undefined,
  limit: number,
): ListStatement {
  const { form, status, destination, from, before, attribution, number, contactHash, name, ids } = filter
  const parameters: unknown[] = []
  const add = (value: unknown): string => `$${parameters.push(value)}`
  const joins: string[] = []
  const conditions: string[] = []
  let at = 'l.received_at'
  if (destination !== undefined) {
    joins.push(`join anketa.deliveries d on d.lead = l.id and d.destination = ${add(destination)}`)
    at = 'd.received_at'
  }
  if (attribution) {
    joins.push('join anketa.revisions v on v.lead = l.id and v.revision = 1')
    // The index has the name in clear.
    conditions.push(`v.attribution ->> '${attribution.name}' = ${add(attribution.value)}`)
    at = 'v.received_at'
  }
  if (contactHash !== undefined)
    joins.push(`join anketa.lead_contacts c on c.lead = l.id and c.hash = ${add(contactHash)}`)
  if (name)
    joins.push(
      `join anketa.revisions n on n.lead = l.id and n.revision = l.revision and n.name_hash = ${add(name.hash)}`,
    )
  if (number) {
    conditions.push(`right(l.id::text, 5) = ${add(number.last)}`)
    conditions.push(`substr(l.id::text, 30, 2) = any (${add([...number.before])})`)
  }
  if (form !== undefined) conditions.push(`l.form = ${add(form)}`)
  if (status !== undefined) conditions.push(`l.status = ${add(status)}`)
  if (ids) conditions.push(`l.id = any (${add(ids)}::uuid[])`)
  if (from) conditions.push(`${at} >= ${add(from)}`)
  if (before) conditions.push(`${at} < ${add(before)}`)
  if (after) {
    const time = `${add(after.at)}::timestamptz`
    // The first condition bounds the index, where that has no numbers.
    conditions.push(`${at} <= ${time}`, `(${at}, l.number) < (${time}, ${add(after.number)}::bigint)`)
  }
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`
  return {
    sql: `select l.id, l.number::text as number, ${at}::text as at from anketa.leads l ${joins.join(' ')}${where}
      order by ${at} desc, l.number desc limit ${add(limit)}`,
    parameters,
  }
}

/**
 * One of the filters of a list alone, with its times, for a list whose filters hardly ever meet; `undefined` where there is
 * only one, or where few leads are found anyway.
 */
export function pickLeadingFilter(filter: LeadListFilter): LeadListFilter | undefined {
  const { form, status, destination, from, before, attribution, number, contactHash, name } = filter
  if (number || contactHash !== undefined || name) return undefined
  const given = [attribution, destination, status, form].filter((value) => value !== undefined)
  if (given.length < 2) return undefined
  const times = { from, before }
  if (attribution) return { ...times, attribution }
  return destination === undefined ? { ...times, status } : { ...times, destination }
}
