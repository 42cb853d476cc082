import type { Database } from '../database/database.ts'
import type { LeadEvents } from './lead-events.ts'

/** What sharing depends on. */
export interface SharedLeadEventsDeps {
  /** The events of this process. */
  readonly local: LeadEvents
  readonly database: Pick<Database, 'exclusive' | 'listen' | 'query'>
}

/** The payload of a notification is the id of a lead, and nothing else. */
const channel = 'anketa_leads'

/** How long events are collected before they are sent to the other processes. */
const collectMs = 5

/** How often a process looks after the leads that requests wait for, however many notifications arrive. */
const pollIntervalMs = 1000

/**
 * Extends the events of this process to all processes of a shared database, by notifications and by polling: a person's
 * request may wait in one process while another one delivers the lead.
 */
export async function shareLeadEvents({ local, database }: SharedLeadEventsDeps): Promise<LeadEvents> {
  if (database.exclusive) return local
  /** The leads that requests of this process wait for: how many, and what was last seen of the lead. */
  const awaited = new Map<string, { requests: number; seen: string | undefined }>()
  let collected = new Set<string>()
  let sending: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined

  function send(): void {
    sending = undefined
    const leads = [...collected]
    collected = new Set()
    // Polling finds what a lost notification would have told.
    database
      .query('select pg_notify($1, lead) from unnest($2::text[]) as lead', [channel, leads])
      .catch(() => {})
  }

  async function look(): Promise<void> {
    const rows = await database.query<{ lead: string; state: string }>(
      `select lead, string_agg(concat_ws(' ', destination, revision, status, attempts, settled_at), ',' order by position)
         as state
       from anketa.deliveries where lead = any($1) group by lead`,
      [[...awaited.keys()]],
    )
    for (const { lead, state } of rows) {
      const one = awaited.get(lead)
      if (!one || one.seen === state) continue
      one.seen = state
      local.emit(lead)
    }
  }

  const poll = setInterval(() => {
    if (awaited.size === 0 || looking) return
    // The log gets the loss of the connection elsewhere.
    looking = look()
      .catch(() => {})
      .finally(() => {
        looking = undefined
      })
  }, pollIntervalMs)
  poll.unref()
  const listener = await database.listen?.(
    channel,
    (lead) => {
      if (awaited.has(lead)) local.emit(lead)
    },
    () => {
      for (const lead of awaited.keys()) local.emit(lead)
    },
  )

  return {
    subscribe(lead) {
      const one = awaited.get(lead) ?? { requests: 0, seen: undefined }
      one.requests += 1
      awaited.set(lead, one)
      const subscription = local.subscribe(lead)
      let subscribed = true
      return {
        ...subscription,
        unsubscribe() {
          subscription.unsubscribe()
          if (!subscribed) return
          subscribed = false
          one.requests -= 1
          if (one.requests === 0) awaited.delete(lead)
        },
      }
    },
    emit(...event: Parameters<LeadEvents['emit']>) {
      local.emit(...event)
      const [lead] = event
      // The request that waits for the lead is this process's own.
      if (awaited.has(lead)) return
      collected.add(lead)
      sending ??= setTimeout(send, collectMs)
    },
    close() {
      clearInterval(poll)
      clearTimeout(sending)
      void listener?.close()
      local.close()
    },
  }
}
