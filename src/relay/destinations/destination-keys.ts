import type { Destination, UnkeyedDestination } from './destination.ts'
import { hashContent } from '../hash.ts'

/** A destination of a form, and what the operator calls it, if anything. */
export interface DestinationEntry {
  readonly id?: string | undefined
  readonly destination: UnkeyedDestination
}

/**
 * Gives a form's destinations the keys that their deliveries are stored under: the operator's id; else the provider with
 * a fingerprint of whose account it is, which neither a restart nor another order changes; where two of a form have that
 * in common, a fingerprint of all their options. A key tells nothing of the configuration: it stands in logs and in the
 * relay's health.
 */
export async function assignKeys(unnamed: readonly DestinationEntry[]): Promise<readonly Destination[]> {
  const named = await Promise.all(
    unnamed.map(async ({ id, destination }) => ({ id, destination, ...(await deriveKeys(destination)) })),
  )
  const taken = new Set(unnamed.flatMap(({ id }) => id ?? []))
  return named.map(({ id, destination, short, long }, index) => {
    const alone = named.filter((other) => other.short === short).length === 1
    const derived = alone ? short : long
    const key = id ?? findUnusedKey(derived, taken)
    taken.add(key)
    const { marks: _, ...rest } = destination
    const first = named.findIndex((other) => other.destination.provider === destination.provider) === index
    // An early version named the only destination of a form by its provider alone.
    return { ...rest, key, formerKeys: [short, long, ...(first ? [destination.provider] : [])] }
  })
}

async function deriveKeys({ provider, marks: [identity, options] }: UnkeyedDestination) {
  const keyOf = async (mark: string) =>
    `${provider}-${(await hashContent(JSON.stringify([provider, mark]))).slice(0, 8)}`
  return { short: await keyOf(identity), long: await keyOf(options) }
}

/** The same destination twice over is told apart by its place in the list, for want of anything else. */
function findUnusedKey(key: string, taken: ReadonlySet<string>): string {
  for (let count = 2, name = key; ; count += 1) {
    if (!taken.has(name)) return name
    name = `${key}-${count}`
  }
}
