import type { Database } from '../../database/database.ts'
import { describeError, type Log } from '../../log.ts'
import { countMessages, type MessageCounts } from '../../messages/message-counts.ts'
import type { MessageReceiver } from '../../messages/receiver.ts'
import type { HealthCheck } from './health-check.ts'

/** A receiver whose oldest message waits for longer wants a person: the first retries have all failed. */
const maxWaitingSeconds = 15 * 60

/** What the check depends on. */
export interface MessageCheckDeps {
  readonly receivers: readonly MessageReceiver[]
  readonly database: Database
  readonly now: () => number
  readonly log: Log
}

/** The messages of a receiver, for metrics. */
export interface MessageGauge {
  readonly receiver: string
  readonly counts: Readonly<Record<'waiting' | 'failed' | 'uncertain', number>>
}

/** Knows whether notifications and postbacks reach their receivers. */
export interface MessageCheck extends HealthCheck {
  /** The messages by receiver; none where the database does not answer. */
  gauges(): Promise<readonly MessageGauge[]>
}

const noCounts = { waiting: 0, failed: 0, uncertain: 0, recent: 0, oldestWaiting: null } as const

/** Creates the check; `undefined` where nobody is informed of leads. */
export function createMessageCheck(deps: MessageCheckDeps): MessageCheck | undefined {
  const { receivers, database, now, log } = deps
  if (receivers.length === 0) return undefined

  /** The counts of all configured receivers, and of former ones that still have messages. */
  async function count(): Promise<readonly (MessageCounts & { readonly channel?: string })[]> {
    const found = await countMessages(database, new Date(now()))
    const known = receivers.map(({ key, channel }) => ({
      ...noCounts,
      ...found.find(({ receiver }) => receiver === key),
      receiver: key,
      channel,
    }))
    const former = found.filter(({ receiver }) => receivers.every(({ key }) => key !== receiver))
    return [...known, ...former]
  }

  return {
    name: 'messages',
    async check() {
      try {
        const rows = await count()
        const findings = rows.map(({ oldestWaiting, ...row }) => ({
          ...row,
          seconds: oldestWaiting ? Math.max(0, Math.round((now() - oldestWaiting.getTime()) / 1000)) : 0,
        }))
        const reasons = findings.flatMap(({ receiver, waiting, recent, seconds }) => [
          ...(recent > 0
            ? [
                `${recent} messages to ${receiver} failed or are uncertain: "anketa-relay messages list" says why, and "anketa-relay messages retry" sends them again.`,
              ]
            : []),
          ...(seconds > maxWaitingSeconds
            ? [
                `The oldest of ${waiting} messages to ${receiver} has been waiting for ${Math.floor(seconds / 60)} minutes: the receiver does not take them.`,
              ]
            : []),
        ])
        const facts = Object.fromEntries(
          findings.map(({ receiver, channel, waiting, failed, uncertain, seconds }) => [
            receiver,
            {
              ...(channel === undefined ? {} : { channel }),
              waiting,
              failed,
              uncertain,
              ...(waiting > 0 ? { oldestWaitingSeconds: seconds } : {}),
            },
          ]),
        )
        return reasons.length > 0
          ? { status: 'degraded', reason: reasons.join(' '), facts }
          : { status: 'ok', facts }
      } catch (error) {
        log('error', 'The messages cannot be counted', { fault: describeError(error) })
        return { status: 'degraded', reason: 'The messages cannot be counted: see the log.' }
      }
    },
    async gauges() {
      const rows = await count().catch(() => [])
      return rows.map(({ receiver, waiting, failed, uncertain, channel }) => ({
        // The number of labels is bounded by the configuration.
        receiver: channel === undefined ? 'other' : receiver,
        counts: { waiting, failed, uncertain },
      }))
    },
  }
}
