import type { AttributionParameters } from '../../lead/attribution.ts'

/** The first and the last visit that brought the person here, as their marks. */
export interface Visits {
  readonly first: AttributionParameters
  readonly last: AttributionParameters
}

/** What is remembered of visits: marks of the traffic only, never anything of the person. */
export interface VisitStore {
  /** Takes a visit in; one without marks changes nothing that is known already. */
  recordVisit(touch: AttributionParameters, hasMarks: boolean): Visits
}

/** The part of the browser's storage that is needed; every call of it may throw where storage is forbidden. */
export type MarkStorage = Pick<Storage, 'getItem' | 'setItem'>

const storageKey = 'anketa-marks'
const dayMs = 24 * 3600 * 1000

/**
 * Remembers for the session; with `lasting` days also the first touch from one session to the next, which the page's
 * privacy policy then has to tell.
 */
export function createVisitStore(
  session: () => MarkStorage,
  lasting: { readonly days: number; readonly storage: () => MarkStorage; readonly now: () => number },
): VisitStore {
  return {
    recordVisit(touch, hasMarks) {
      const known = readStored(session, storageKey)
      const kept = lasting.days > 0 ? readStored(lasting.storage, storageKey) : undefined
      const isFresh = Number(kept?.at) > lasting.now() - lasting.days * dayMs
      const first = isFresh ? parseMarks(kept?.first) : parseMarks(known?.first)
      const last = hasMarks ? touch : (parseMarks(known?.last) ?? touch)
      const touches = { first: first ?? last, last }
      if (Object.keys(last).length > 0) {
        writeStored(session, touches)
        if (lasting.days > 0 && !isFresh) writeStored(lasting.storage, { ...touches, at: lasting.now() })
      }
      return touches
    },
  }
}

interface StoredVisits {
  readonly first?: unknown
  readonly last?: unknown
  readonly at?: unknown
}

function readStored(storage: () => MarkStorage, name: string): StoredVisits | undefined {
  try {
    return Object(JSON.parse(storage().getItem(name) ?? 'null'))
  } catch {
    return undefined
  }
}

function writeStored(storage: () => MarkStorage, stored: StoredVisits): void {
  try {
    storage().setItem(storageKey, JSON.stringify(stored))
  } catch {
    // Storage may be full or forbidden: this visit's marks are known all the same.
  }
}

function parseMarks(stored: unknown): AttributionParameters | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined
  return Object.fromEntries(
    Object.entries(stored).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  )
}
