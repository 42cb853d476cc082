import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import type { Log } from '../../log.ts'

/** Notifications of a PostgreSQL server, on a connection of its own. They are hints: their receivers also poll. */
export interface PostgresListener {
  /**
   * Calls `onNotification` with each payload, and `onReconnect` whenever notifications may have been missed. Resolves at
   * once: a connection that cannot be made is tried again.
   */
  listen(
    channel: string,
    onNotification: (payload: string) => void,
    onReconnect: () => void,
  ): Promise<{ close(): Promise<void> }>
  close(): Promise<void>
}

/** What a listener depends on. */
export interface PostgresListenerDeps {
  createClient(): Client
  /** Sends a notification on another connection. */
  notify(channel: string, payload: string): Promise<unknown>
  readonly log: Log
  /** How long a notification may take before it counts as lost. */
  readonly testTimeoutMs?: number
}

/** Pauses before a new connection, in milliseconds: they double from the first to the second. */
const minPauseMs = 250
const maxPauseMs = 30_000

/** How often the connection is tested. */
const testIntervalMs = 15_000

interface Listener {
  readonly channel: string
  readonly onNotification: (payload: string) => void
  readonly onReconnect: () => void
}

/** Creates a listener. It connects with the first channel. */
export function createPostgresListener({
  createClient,
  notify,
  log,
  testTimeoutMs = 8000,
}: PostgresListenerDeps): PostgresListener {
  const listeners = new Set<Listener>()
  // Notifications are tested on a channel of this process.
  const testChannel = `anketa_test_${randomUUID().replaceAll('-', '')}`
  let client: Client | undefined
  let isReady = false
  let timer: NodeJS.Timeout | undefined
  let awaited: PromiseWithResolvers<void> | undefined
  let failures = 0
  /** How often in a row a notification did not arrive. */
  let losses = 0
  let told = false
  let closed = false

  async function connect(): Promise<void> {
    const next = createClient()
    client = next
    next.on('error', () => restart(next))
    next.on('end', () => restart(next))
    next.on('notification', ({ channel, payload = '' }) => {
      if (channel === testChannel) awaited?.resolve()
      for (const listener of listeners) if (listener.channel === channel) listener.onNotification(payload)
    })
    try {
      await next.connect()
      for (const channel of [testChannel, ...new Set([...listeners].map((one) => one.channel))])
        await next.query(`listen ${quote(channel)}`)
    } catch (error) {
      restart(next, error)
      return
    }
    if (client !== next) return
    isReady = true
    for (const { onReconnect } of listeners) onReconnect()
    watch(next)
  }

  /** Tests again and again whether notifications arrive. A connection may be dead without any sign of it. */
  function watch(current: Client): void {
    test().then(
      () => {
        if (client !== current) return
        failures = 0
        losses = 0
        if (told) log('info', 'Notifications of the database arrive again')
        told = false
        schedule(testIntervalMs, () => watch(current))
      },
      (error: unknown) => restart(current, error),
    )
  }

  async function test(): Promise<void> {
    const arrival = Promise.withResolvers<void>()
    awaited = arrival
    const timeout = setTimeout(() => arrival.reject(new NoNotificationError()), testTimeoutMs)
    timeout.unref()
    try {
      // A failure to send says nothing about this connection; the log gets it elsewhere.
      await Promise.all([notify(testChannel, '').catch(arrival.reject), arrival.promise])
    } finally {
      clearTimeout(timeout)
    }
  }

  function restart(failed: Client, error?: unknown): void {
    if (client !== failed) return
    client = undefined
    isReady = false
    void failed.end().catch(() => {})
    if (closed) return
    // A pooler in transaction mode takes the statement and loses the notifications; others refuse the statement. A slow
    // machine or a dead connection may be the reason once.
    const lost = error instanceof NoNotificationError ? (losses += 1) > 1 : hasSqlState(error)
    if (lost && !told) {
      told = true
      log(
        'warning',
        'Notifications of the database do not arrive, as behind a transaction pooler: relays find out by polling instead, up to a second later',
      )
    }
    const pause = lost ? maxPauseMs : Math.min(minPauseMs * 2 ** failures, maxPauseMs)
    failures += 1
    schedule(pause, () => void connect())
  }

  function schedule(ms: number, work: () => void): void {
    clearTimeout(timer)
    if (!closed) timer = setTimeout(work, ms).unref()
  }

  return {
    async listen(channel, onNotification, onReconnect) {
      const listener: Listener = { channel, onNotification, onReconnect }
      listeners.add(listener)
      if (client && isReady) await client.query(`listen ${quote(channel)}`).catch(() => {})
      // The channels of a connection that is being made are chosen already.
      else if (client) restart(client)
      else if (timer === undefined) schedule(0, () => void connect())
      return {
        async close() {
          listeners.delete(listener)
        },
      }
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}

/** A notification was sent and did not arrive. */
class NoNotificationError extends Error {}

function hasSqlState(error: unknown): boolean {
  const { code }: { readonly code?: unknown } = Object(error)
  // Those of class 0A tell of a feature that is missing, those of 42 of a statement that is not known.
  return typeof code === 'string' && /^(0A|42)\w{3}$/.test(code)
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
