import type * as takeOver from './take-over.chunk.ts'

/** See `take-over.chunk.ts`. */
export type TakeOver = typeof takeOver

/**
 * Loads what takes over answers and the focus from another form, where there is one. Without it the page's own form stays,
 * with what has been typed; an earlier form only loses the focus.
 */
export async function loadTakeOver(container: Element, isShown: boolean): Promise<TakeOver | undefined> {
  if (!isShown && !container.querySelector('[name]')) return undefined
  return import('./take-over.chunk.ts').catch((error: unknown) => {
    if (!isShown) throw error
    return undefined
  })
}
