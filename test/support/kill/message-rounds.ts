import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { adminToken } from '../../relay/support/invented.ts'
import { readDatabase } from '../../relay/support/read-database.ts'
import { startCountingLenders } from './lenders.ts'
import { startLoad } from './load.ts'
import { type Arrival, startReceivers } from './receivers.ts'
import { type RelayProcess, startRelayProcess } from './relay-processes.ts'

/** Every which answer of a receiver is lost. */
const nthSwallowed = 20

/** A relay that is killed so soon after a message arrived may not have stored the answer. */
const unstoredMs = 5000

/** What the rounds depend on. */
export interface MessageRounds {
  /** The folder or the address of the database. */
  readonly database: string
  readonly relays: number
  readonly rounds: number
  /** What the notifications tell of. */
  readonly events: readonly string[]
}

interface MessageRow {
  readonly id: string
  readonly receiver: string
  readonly lead: string
  readonly event: string
  readonly state: string
  readonly status: string
}

/**
 * Runs rounds under load, in each of which one relay is killed, while receivers swallow answers now and then. Expects that
 * no message is missing, that one comes again only under its id and only where its answer was lost, and that a postback
 * without an answer is uncertain and not repeated.
 */
export async function expectNoMessageLostInRounds(options: MessageRounds): Promise<void> {
  const { database, relays, rounds, events } = options
  const lenders = await startCountingLenders()
  const receivers = await startReceivers(nthSwallowed)
  const running = new Set<RelayProcess>()
  const kills: number[] = []
  const start = async () => {
    running.add(await startRelayProcess(database, lenders.url, { receivers: receivers.url, events }))
  }
  try {
    for (let count = 0; count < relays; count += 1) await start()
    const load = startLoad(() => [...running].map(({ url }) => url), 3)
    for (let round = 0; round < rounds; round += 1) {
      await pause(300 + Math.random() * (relays === 1 ? 2500 : 800))
      const victims = [...running]
      const victim = victims[round % victims.length]
      if (!victim) throw new Error('no relay runs')
      running.delete(victim)
      await victim.kill()
      kills.push(Date.now())
      await start()
    }
    // Enough for an answer to be swallowed with certainty.
    await expect.poll(() => receivers.notices.length, { timeout: 60_000 }).toBeGreaterThan(2 * nthSwallowed)
    await load.stop()
    await expect
      .poll(() => Promise.all([...running].map(isDone)), { timeout: 300_000, interval: 1000 })
      .not.toContain(false)
    await Promise.all([...running].map((relay) => relay.kill()))
    running.clear()
    const rows = await readDatabase<MessageRow>(
      database,
      `select m.id, m.receiver, m.lead, m.event, m.state, l.status
       from anketa.messages m join anketa.leads l on l.id = m.lead`,
    )
    expectComplete(rows, load.acknowledged, events)
    expectNotices(rows, receivers.notices, kills)
    expectPostbacks(rows, receivers.postbacks)
    const uncertain = rows.filter(({ state }) => state === 'uncertain').length
    const repeated = receivers.notices.length - new Set(receivers.notices.map(({ id }) => id)).size
    const digests = receivers.notices.filter(({ about }) => about.length > 1).length
    console.log(
      `${rounds} rounds: ${load.acknowledged.length} leads, ${receivers.notices.length} notifications arrived (${digests} digests), ${repeated} of them again under their id; ${receivers.postbacks.length} postbacks arrived, ${uncertain} uncertain, none repeated`,
    )
    // Both kinds were provoked.
    expect(repeated).toBeGreaterThan(0)
    expect(uncertain).toBeGreaterThan(0)
  } finally {
    await Promise.all([...running].map((relay) => relay.kill()))
    await lenders.end()
    await receivers.end()
  }
}

/** Every lead has a message for each of its events. */
function expectComplete(
  rows: readonly MessageRow[],
  leads: readonly { readonly id: string }[],
  events: readonly string[],
): void {
  const found = rows.map(({ receiver, lead, event }) => `${receiver} ${lead} ${event}`)
  expect(new Set(found).size).toBe(found.length)
  const statuses = new Map(rows.map(({ lead, status }) => [lead, status]))
  const expected = leads.flatMap(({ id }) => {
    const of = ['new', statuses.get(id) ?? 'unknown']
    return [
      ...of.map((event) => `tracker ${id} ${event}`),
      ...of.filter((event) => events.includes(event)).map((event) => `hook ${id} ${event}`),
    ]
  })
  expect(expected.filter((each) => !found.includes(each))).toEqual([])
}

/** Every notification arrived, and again only under its id and only if its answer was lost. */
function expectNotices(
  rows: readonly MessageRow[],
  arrivals: readonly Arrival[],
  kills: readonly number[],
): void {
  const own = rows.filter(({ receiver }) => receiver === 'hook')
  expect(own.filter(({ state }) => state !== 'sent')).toEqual([])
  const idsOf = new Map<string, Set<string>>()
  for (const { about, id } of arrivals)
    for (const each of about) idsOf.set(each, (idsOf.get(each) ?? new Set()).add(id))
  expect(own.filter(({ lead, event }) => idsOf.get(`${lead} ${event}`)?.size !== 1)).toEqual([])
  for (const [, same] of Map.groupBy(arrivals, ({ id }) => id)) {
    for (const { at, isSwallowed } of same.slice(0, -1)) {
      const isLost = isSwallowed || kills.some((kill) => kill >= at && kill - at < unstoredMs)
      expect(isLost).toBe(true)
    }
    expect(new Set(same.map(({ about }) => about.join())).size).toBe(1)
  }
}

/** Every postback arrived once, or is uncertain. */
function expectPostbacks(rows: readonly MessageRow[], arrivals: readonly Arrival[]): void {
  const counts = Map.groupBy(arrivals, ({ id }) => id)
  expect([...counts].filter(([, same]) => same.length > 1)).toEqual([])
  for (const { receiver, lead, event, state } of rows) {
    if (receiver !== 'tracker') continue
    const [arrival] = counts.get(`${lead} ${event}`) ?? []
    if (state === 'sent') expect(arrival?.isSwallowed).toBe(false)
    else expect(state).toBe('uncertain')
    if (arrival?.isSwallowed) expect(state).toBe('uncertain')
  }
}

/** Whether nothing waits any more. */
async function isDone({ url }: RelayProcess): Promise<boolean> {
  const response = await fetch(`${url}/healthz`, { headers: { authorization: `Bearer ${adminToken}` } })
  const { queue, messages }: Health = await response.json()
  return queue.waiting + Object.values(messages).reduce((sum, { waiting }) => sum + waiting, 0) === 0
}

interface Health {
  readonly queue: { readonly waiting: number }
  readonly messages: Readonly<Record<string, { readonly waiting: number }>>
}
