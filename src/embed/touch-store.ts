import type { Marks } from '../lead/mark.ts'

/** The first and the last visit that brought the person here, as their marks. */
export interface Touches {
  readonly first: Marks
  readonly last: Marks
}

/** What is remembered of visits: marks of the traffic only, never anything of the person. */
export interface TouchStore {
  /** Takes a visit in; one without marks changes nothing that is known already. */
  remember(touch: Marks, hasMarks: boolean): Touches
}

/** The part of the browser's storage that is needed; every call of it may throw where storage is forbidden. */
export type MarkStorage = Pick<Storage, 'getItem' | 'setItem'>

const key = 'anketa-marks'
const day = 24 * 3600 * 1000

/**
 * Remembers for the session; with `lasting` days also the first touch from one session to the next, which the page's
 * privacy policy then has to tell.
 */
export function createTouchStore(
  session: () => MarkStorage,
  lasting: { readonly days: number; readonly storage: () => MarkStorage; readonly now: () => number },
): TouchStore {
  return {
    remember(touch, hasMarks) {
      const known = read(session, key)
      const kept = lasting.days > 0 ? read(lasting.storage, key) : undefined
      const isFresh = Number(kept?.at) > lasting.now() - lasting.days * day
      const first = isFresh ? marksIn(kept?.first) : marksIn(known?.first)
      const last = hasMarks ? touch : (marksIn(known?.last) ?? touch)
      const touches = { first: first ?? last, last }
      if (Object.keys(last).length > 0) {
        write(session, touches)
        if (lasting.days > 0 && !isFresh) write(lasting.storage, { ...touches, at: lasting.now() })
      }
      return touches
    },
  }
}

interface Stored {
  readonly first?: unknown
  readonly last?: unknown
  readonly at?: unknown
}

function read(storage: () => MarkStorage, name: string): Stored | undefined {
  try {
    return Object(JSON.parse(storage().getItem(name) ?? 'null'))
  } catch {
    return undefined
  }
}

function write(storage: () => MarkStorage, stored: Stored): void {
  try {
    storage().setItem(key, JSON.stringify(stored))
  } catch {
    // Storage may be full or forbidden: this visit's marks are known all the same.
  }
}

function marksIn(stored: unknown): Marks | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined
  return Object.fromEntries(
    Object.entries(stored).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  )
}
