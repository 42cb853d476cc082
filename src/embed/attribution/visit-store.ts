import type { AttributionParameters } from '../../lead/attribution.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'

/** The parameters of the first and of the last visit that had any. */
export interface Visits {
  readonly first: AttributionParameters
  readonly last: AttributionParameters
}

/** Stores attribution parameters of visits. Never stores personal data. */
export interface VisitStore {
  /** Records a visit. One without parameters replaces nothing that is stored. */
  recordVisit(visit: AttributionParameters, hasParameters: boolean): Visits
}

/** The part of the browser's storage that is used. Every call may throw where storage is forbidden. */
export type VisitStorage = Pick<Storage, 'getItem' | 'setItem'>

const storageKey = 'anketa-marks'
const dayMs = 24 * 3600 * 1000

/**
 * Creates a store for the session. With `lasting.days` above 0 it also keeps the first visit for that many days, which
 * the page's privacy policy then has to mention.
 */
export function createVisitStore(
  session: () => VisitStorage,
  lasting: { readonly days: number; readonly storage: () => VisitStorage; readonly now: () => number },
): VisitStore {
  return {
    recordVisit(visit, hasParameters) {
      const stored = readStored(session)
      const lastingStored = lasting.days > 0 ? readStored(lasting.storage) : undefined
      const isFresh = Number(lastingStored?.at) > lasting.now() - lasting.days * dayMs
      const first = isFresh ? parseParameters(lastingStored?.first) : parseParameters(stored?.first)
      const last = hasParameters ? visit : (parseParameters(stored?.last) ?? visit)
      const visits = { first: first ?? last, last }
      if (Object.keys(last).length > 0) {
        writeStored(session, visits)
        if (lasting.days > 0 && !isFresh) writeStored(lasting.storage, { ...visits, at: lasting.now() })
      }
      return visits
    },
  }
}

interface StoredVisits {
  readonly first?: unknown
  readonly last?: unknown
  readonly at?: unknown
}

function readStored(storage: () => VisitStorage): StoredVisits | undefined {
  try {
    return Object(JSON.parse(storage().getItem(storageKey) ?? 'null'))
  } catch {
    return undefined
  }
}

function writeStored(storage: () => VisitStorage, stored: StoredVisits): void {
  try {
    storage().setItem(storageKey, stringifyJson(stored))
  } catch {
    // Storage may be full or forbidden. Then only this visit is known.
  }
}

function parseParameters(candidate: unknown): AttributionParameters | undefined {
  if (typeof candidate !== 'object' || candidate === null) return undefined
  return Object.fromEntries(
    Object.entries(candidate).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  )
}
