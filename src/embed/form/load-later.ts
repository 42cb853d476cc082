import { signal } from '@preact/signals-core'
import type * as later from './later.chunk.ts'

/** See `later.chunk.ts`. */
type Later = typeof later

const loaded = signal<Later | undefined>(undefined)

/** What all forms of the page need after their first step is shown, once it has come. */
export function currentLater(): Later | undefined {
  return loaded.value
}

/** Loads what forms need after their first step is shown. If that fails, the next call tries again. */
export async function loadLater(): Promise<Later> {
  const known = loaded.peek() ?? (await import('./later.chunk.ts'))
  loaded.value = known
  return known
}
