import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from 'pg-boss'
import type { Database } from '../database/database.ts'
import { describeError, type Log } from '../log.ts'
import { type ClaimedMessage, createMessageStore, maxMessageAgeMs, type MessageEnd } from './message-store.ts'
import type { OutgoingMessage, MessageReceiver, SendDeps, MessageResult } from './receiver.ts'

/** How often messages are looked for. */
const pollMs = 1000

/** How often the claims of dead processes are looked for, and old messages: in polls. */
const pollsPerCheck = 15
const pollsPerCleanUp = 900

/** Pauses before a message is sent again: they double from the first to the second. */
const minPauseMs = 5000
const maxPauseMs = 15 * 60_000

/** Real time between two attempts to store a result. */
const storePauseMs = 500

/** What the sender depends on. */
export interface MessageSenderDeps extends Omit<SendDeps, 'now' | 'publicUrl'> {
  /** The receivers now, and the relay's address. A message under way goes on with its receiver. */
  readonly settings: () => Pick<SendDeps, 'publicUrl'> & { readonly receivers: readonly MessageReceiver[] }
  readonly database: Database
  /** Pauses that receivers have asked for, which all relays know of. */
  readonly pauses: {
    remainingMs(account: string): number
    begin(account: string, ms: number): void
  }
  readonly clock: Clock
  readonly log: Log
}

/** Sends notifications and postbacks. */
export interface MessageSender {
  /** Claims no more messages; resolves when those under way have ended. */
  stop(): Promise<void>
}

/** The accounts of receivers, whose pauses are stored, and their names. */
export function nameReceivers(receivers: readonly MessageReceiver[]): readonly (readonly [string, string])[] {
  return receivers.map(({ key }) => [accountOf(key), accountOf(key)])
}

function accountOf(key: string): string {
  return `messages/${key}`
}

/**
 * Starts to send the messages that are stored. While there are no receivers it only cleans up: what other receivers had,
 * which no relay has any more, is given up and deleted after its time.
 */
export function startMessageSender(deps: MessageSenderDeps): MessageSender {
  const { settings, database, pauses, clock, log } = deps
  const store = createMessageStore(database)
  const running = new Map<Promise<void>, string>()
  /** Receivers whose last message could not be sent. */
  const failing = new Set<string>()
  let polls = 0
  let isCheckDue = false
  let isCleanUpDue = false
  // No other process uses an exclusive database, so that claims at the start belong to dead ones.
  let isOrphaned = database.exclusive
  let isReachable = true
  let looking: Promise<void> | undefined
  let isLookWanted = false
  let stopped = false

  function look(): void {
    // Further polls come while this one is worked on.
    isCheckDue ||= polls % pollsPerCheck === 0
    isCleanUpDue ||= polls % pollsPerCleanUp === 0
    if (settings().receivers.length === 0 && !isCleanUpDue) return
    isLookWanted = true
    looking ??= lookWhileWanted().finally(() => {
      looking = undefined
    })
  }

  async function lookWhileWanted(): Promise<void> {
    while (isLookWanted && !stopped) {
      isLookWanted = false
      try {
        await check()
        await startDue()
        if (!isReachable) log('info', 'Messages can be read again')
        isReachable = true
      } catch (error) {
        // The next poll looks again.
        if (isReachable) log('error', 'Messages cannot be read', { fault: describeError(error) })
        isReachable = false
      }
    }
  }

  async function check(): Promise<void> {
    const now = new Date(clock.now())
    if (isOrphaned || isCheckDue) {
      const { repeated, uncertain } = await store.endLostClaims(settings().receivers, isOrphaned, now)
      isOrphaned = false
      isCheckDue = false
      if (repeated + uncertain > 0) {
        log('warning', 'Messages of a stopped relay', { repeated, uncertain })
      }
    }
    if (isCleanUpDue) {
      const failed = await store.cleanUp(now)
      isCleanUpDue = false
      if (failed > 0)
        log('error', 'Messages to receivers that no relay has were given up', { messages: failed })
    }
  }

  async function startDue(): Promise<void> {
    const free = settings().receivers.filter(
      ({ key, concurrency }) => countRunning(key) < concurrency && pauses.remainingMs(accountOf(key)) === 0,
    )
    if (free.length === 0) return
    const due = await store.findDue(
      free.map(({ key }) => key),
      new Date(clock.now()),
    )
    for (const receiver of free) {
      if (stopped || !due.includes(receiver.key)) continue
      const places = receiver.concurrency - countRunning(receiver.key)
      for (const message of await store.claim(receiver, places, new Date(clock.now()))) {
        const sending: Promise<void> = send(receiver, message).finally(() => {
          running.delete(sending)
          if (!stopped) look()
        })
        running.set(sending, receiver.key)
      }
    }
  }

  function countRunning(key: string): number {
    return [...running.values()].filter((each) => each === key).length
  }

  async function send(receiver: MessageReceiver, message: ClaimedMessage): Promise<void> {
    const result = await sendSafely(receiver, message, {
      ...deps,
      publicUrl: settings().publicUrl,
      now: () => clock.now(),
    })
    const end = endOf(receiver, message, result)
    logEnd(receiver, message, end)
    for (;;) {
      try {
        await store.settle(message.claim, end, new Date(clock.now()))
        return
      } catch (error) {
        if (stopped) return
        log('error', 'The result of a message is not stored yet, and will be tried again', {
          message: message.id,
          fault: describeError(error),
        })
        await pause(storePauseMs)
      }
    }
  }

  function endOf(receiver: MessageReceiver, message: ClaimedMessage, result: MessageResult): MessageEnd {
    if (result.result === 'sent') return { state: 'sent' }
    const { reason } = result
    if (result.result === 'rejected') return { state: 'failed', reason }
    if (result.result === 'unanswered' && !receiver.repeats) return { state: 'uncertain', reason }
    const now = clock.now()
    if (now - message.queuedAt.getTime() >= maxMessageAgeMs) return { state: 'failed', reason }
    const askedMs = 'retryAfterMs' in result ? (result.retryAfterMs ?? 0) : 0
    if (askedMs > 0) pauses.begin(accountOf(receiver.key), askedMs)
    const pauseMs = Math.min(minPauseMs * 2 ** (message.attempt - 1), maxPauseMs)
    const mayHaveArrived = result.result === 'unanswered'
    return { state: 'waiting', reason, mayHaveArrived, nextAt: new Date(now + Math.max(pauseMs, askedMs)) }
  }

  function logEnd(
    { key }: MessageReceiver,
    { id, notices }: ClaimedMessage,
    { state, reason = '' }: MessageEnd,
  ): void {
    const facts = { receiver: key, message: id, leads: notices.map(({ lead }) => lead).join(), reason }
    if (state === 'failed') log('error', 'A message could not be sent and was given up', facts)
    if (state === 'uncertain') log('warning', 'A postback got no answer, and is not sent again', facts)
    if (state === 'waiting' && !failing.has(key)) {
      failing.add(key)
      log('warning', 'A receiver does not take messages: they wait and are sent again', {
        receiver: key,
        reason,
      })
    }
    if (state === 'sent' && failing.delete(key))
      log('info', 'A receiver takes messages again', { receiver: key })
  }

  const timer = clock.setInterval(() => {
    polls += 1
    look()
  }, pollMs)
  look()

  return {
    async stop() {
      stopped = true
      clock.clearInterval(timer)
      await looking
      await Promise.all(running.keys())
    },
  }
}

/** An error inside a receiver's own code may have come after the message was sent. */
async function sendSafely(
  receiver: MessageReceiver,
  message: OutgoingMessage,
  deps: SendDeps,
): Promise<MessageResult> {
  try {
    return await receiver.send(message, deps)
  } catch (error) {
    return { result: 'unanswered', reason: describeError(error) }
  }
}
