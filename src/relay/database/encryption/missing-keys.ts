import type { Queryable } from '../database.ts'

/** A key that leads are encrypted with and that is not configured. */
export interface MissingKey {
  readonly key: string
  /** How many leads it encrypts, and the ids of the oldest. */
  readonly leads: number
  readonly examples: readonly string[]
}

/** The most ids that are named for a key. */
const maxExamples = 10

/** Finds the keys of stored leads that are not among `keyIds`. It reads one row for each key, not for each lead. */
export async function findMissingKeys(
  source: Queryable,
  keyIds: readonly string[],
): Promise<readonly MissingKey[]> {
  const used = await source.query<{ readonly key: string }>(
    `with recursive used as (
       select min(key_id) as key from anketa.lead_keys
       union all
       select (select min(k.key_id) from anketa.lead_keys k where k.key_id > used.key) from used
       where used.key is not null
     )
     select key from used where key is not null`,
  )
  const missing: MissingKey[] = []
  for (const { key } of used.filter(({ key: name }) => !keyIds.includes(name))) {
    const [count] = await source.query<{ readonly leads: number }>(
      'select count(*)::int as leads from anketa.lead_keys where key_id = $1',
      [key],
    )
    const examples = await source.query<{ readonly id: string }>(
      `select l.id::text as id from anketa.lead_keys k join anketa.leads l on l.id = k.lead
       where k.key_id = $1 order by l.received_at limit ${maxExamples}`,
      [key],
    )
    missing.push({ key, leads: count?.leads ?? 0, examples: examples.map(({ id }) => id) })
  }
  return missing
}

/** Missing keys in words: `5f0c… (12 leads), …`. */
export function describeMissingKeys(missing: readonly MissingKey[]): string {
  return missing.map(({ key, leads }) => `${key} (${leads} ${leads === 1 ? 'lead' : 'leads'})`).join(', ')
}
