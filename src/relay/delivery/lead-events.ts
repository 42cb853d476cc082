/** Tells waiting requests that something happened to their lead. In this process only: it is a hint, not a record. */
export interface LeadEvents {
  /** `news` is true at the lead's next news, false when the board closes. Listen before looking: nothing is missed. */
  subscribe(lead: string): { readonly news: Promise<boolean>; stop(): void }
  emit(lead: string): void
  /** Lets everyone go, and from now on lets nobody wait. */
  close(): void
}

type Listener = (news: boolean) => void

/** Makes a board. */
export function createLeadEvents(): LeadEvents {
  const waiting = new Map<string, Set<Listener>>()
  let closed = false
  return {
    subscribe(lead) {
      const { promise, resolve } = Promise.withResolvers<boolean>()
      if (closed) resolve(false)
      const listeners = waiting.get(lead) ?? new Set()
      waiting.set(lead, listeners.add(resolve))
      return {
        news: promise,
        stop() {
          listeners.delete(resolve)
          if (listeners.size === 0 && waiting.get(lead) === listeners) waiting.delete(lead)
        },
      }
    },
    emit(lead) {
      for (const resolve of waiting.get(lead) ?? []) resolve(true)
    },
    close() {
      closed = true
      for (const listeners of waiting.values()) for (const resolve of listeners) resolve(false)
    },
  }
}
