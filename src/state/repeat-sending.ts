import type { SendResult } from '../lead/delivery.ts'

/** What repeating needs from outside. */
export interface RepeatPorts {
  /** Resolves after some milliseconds, or sooner when the connection may be back. An abort may resolve it, too. */
  waitForConnection(ms: number, signal: AbortSignal): Promise<void>
  /** Says that an application without an answer is sent again by itself. `code` is that of the failure. */
  repeatingText(code: string): string
}

const firstPauseMs = 2000
const longestPauseMs = 60_000
/** Events of the browser may shorten every pause. */
const mostRepeats = 60
const longestMs = 30 * 60_000

/**
 * Sends an application without an answer again, under the same id, until there is an answer. Resolves with the answer, or
 * with `undefined` if it was aborted or given up.
 *
 *     waiting ── time, online, page visible again ──► trying ── answer ──► ended
 *        ▲                                              │
 *        └──────────────── no answer ───────────────────┘
 *
 * Both states end with an abort, after 60 tries, and after half an hour.
 */
export async function repeatSending(
  send: () => Promise<SendResult>,
  { waitForConnection }: Pick<RepeatPorts, 'waitForConnection'>,
  now: () => Date,
  signal: AbortSignal,
): Promise<SendResult | undefined> {
  const end = now().getTime() + longestMs
  for (let count = 0; count < mostRepeats && now().getTime() < end; count += 1) {
    await waitForConnection(Math.min(firstPauseMs * 2 ** count, longestPauseMs), signal)
    if (signal.aborted) return undefined
    const result = await send()
    if (signal.aborted) return undefined
    if (result.outcome !== 'failed' || !result.isRepeatable) return result
  }
  return undefined
}
