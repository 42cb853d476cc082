/** Events of leads for the requests that wait for them. They exist in this process only: hints, not records. */
export interface LeadEvents {
  /**
   * `changed` resolves to true at the lead's next event, and to false when this source closes. Subscribe before loading
   * the lead, so that no event is missed.
   */
  subscribe(lead: string): { readonly changed: Promise<boolean>; unsubscribe(): void }
  emit(lead: string): void
  /** Ends all waiting, now and from now on. */
  close(): void
}

type Listener = (changed: boolean) => void

/** Creates a source of events. */
export function createLeadEvents(): LeadEvents {
  const listenersByLead = new Map<string, Set<Listener>>()
  let closed = false
  return {
    subscribe(lead) {
      const { promise, resolve } = Promise.withResolvers<boolean>()
      if (closed) resolve(false)
      const listeners = listenersByLead.get(lead) ?? new Set()
      listenersByLead.set(lead, listeners.add(resolve))
      return {
        changed: promise,
        unsubscribe() {
          listeners.delete(resolve)
          if (listeners.size === 0 && listenersByLead.get(lead) === listeners) listenersByLead.delete(lead)
        },
      }
    },
    emit(lead) {
      for (const resolve of listenersByLead.get(lead) ?? []) resolve(true)
    },
    close() {
      closed = true
      for (const listeners of listenersByLead.values()) for (const resolve of listeners) resolve(false)
    },
  }
}
