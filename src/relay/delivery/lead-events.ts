import type { LeadState } from '../leads/lead-state.ts'

/** An event of a lead, with its state after the event if that is known. */
export interface LeadEvent {
  readonly state?: LeadState | undefined
}

/** The events of one lead, for one request. */
export interface LeadSubscription {
  /**
   * Resolves to what happened since the last call, as soon as anything has: to the latest event, or to `undefined` when
   * the source closes.
   */
  next(): Promise<LeadEvent | undefined>
  unsubscribe(): void
}

/** Events of leads for the requests that wait for them. They exist in this process only: hints, not records. */
export interface LeadEvents {
  /** Subscribe before loading the lead, so that no event is missed. */
  subscribe(lead: string): LeadSubscription
  emit(lead: string, event?: LeadEvent): void
  /** Ends all waiting, now and from now on. */
  close(): void
}

interface Subscriber {
  notify(event: LeadEvent | undefined): void
}

/** Creates a source of events. */
export function createLeadEvents(): LeadEvents {
  const subscribersByLead = new Map<string, Set<Subscriber>>()
  let closed = false
  return {
    subscribe(lead) {
      const subscribers = subscribersByLead.get(lead) ?? new Set()
      let happened = Promise.withResolvers<void>()
      let latest: LeadEvent | undefined
      const subscriber: Subscriber = {
        notify(event) {
          latest = event
          happened.resolve()
        },
      }
      subscribersByLead.set(lead, subscribers.add(subscriber))
      return {
        async next() {
          if (!closed) await happened.promise
          if (closed) return undefined
          happened = Promise.withResolvers<void>()
          return latest
        },
        unsubscribe() {
          subscribers.delete(subscriber)
          if (subscribers.size === 0 && subscribersByLead.get(lead) === subscribers)
            subscribersByLead.delete(lead)
        },
      }
    },
    emit(lead, event = {}) {
      for (const subscriber of subscribersByLead.get(lead) ?? []) subscriber.notify(event)
    },
    close() {
      closed = true
      for (const subscribers of subscribersByLead.values())
        for (const subscriber of subscribers) subscriber.notify(undefined)
    },
  }
}
