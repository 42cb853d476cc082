import type { Destination, UnkeyedDestination } from './destination.ts'
import { hashContent } from '../runtime/hash.ts'

/** A destination of a form, and its id from the configuration, if any. */
export interface DestinationEntry {
  readonly id?: string | undefined
  readonly destination: UnkeyedDestination
}

/**
 * Assigns a form's destinations the keys that their deliveries are stored under: the operator's id, or else the provider
 * with a hash of the account's identity, which survives restarts and reordering. If two destinations of a form share
 * that, the hash covers all their options. A key reveals nothing of the configuration, because it appears in the log and
 * in `/healthz`.
 */
export async function assignKeys(entries: readonly DestinationEntry[]): Promise<readonly Destination[]> {
  const candidates = await Promise.all(
    entries.map(async ({ id, destination }) => ({ id, destination, ...(await deriveKeys(destination)) })),
  )
  const usedKeys = new Set(entries.flatMap(({ id }) => id ?? []))
  return candidates.map(({ id, destination, short, long }, index) => {
    const isUnique = candidates.filter((other) => other.short === short).length === 1
    const key = id ?? findUnusedKey(isUnique ? short : long, usedKeys)
    usedKeys.add(key)
    const { keySources: _, ...rest } = destination
    const isFirst =
      candidates.findIndex((other) => other.destination.provider === destination.provider) === index
    // An early version stored a form's only destination under the name of its provider.
    return { ...rest, key, formerKeys: [short, long, ...(isFirst ? [destination.provider] : [])] }
  })
}

async function deriveKeys({ provider, keySources: [identity, options] }: UnkeyedDestination) {
  const hashSource = async (source: string) =>
    `${provider}-${(await hashContent(JSON.stringify([provider, source]))).slice(0, 8)}`
  return { short: await hashSource(identity), long: await hashSource(options) }
}

/** Two identical destinations differ only by their position in the list, which a number expresses. */
function findUnusedKey(key: string, usedKeys: ReadonlySet<string>): string {
  for (let count = 2, name = key; ; count += 1) {
    if (!usedKeys.has(name)) return name
    name = `${key}-${count}`
  }
}
