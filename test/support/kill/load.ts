import { setTimeout as pause } from 'node:timers/promises'
import { type InventedLead, inventLead } from '../../relay/support/invented.ts'

/** Posts leads as widgets do, until it is stopped: what was not acknowledged is posted again, at any relay. */
export interface Load {
  /** The leads that a relay has acknowledged. */
  readonly acknowledged: readonly InventedLead[]
  /** Posts nothing new, and resolves when every lead has been acknowledged. */
  stop(): Promise<void>
}

/** Starts a load of a number of persons at a time. `urls` are the relays that run at this moment. */
export function startLoad(urls: () => readonly string[], persons = 6): Load {
  const acknowledged: InventedLead[] = []
  let count = 0
  let stopped = false

  async function behave(): Promise<void> {
    while (!stopped) {
      count += 1
      const lead = inventLead()
      const own = { ...lead, values: { ...lead.values, amount: 1000 + count } }
      for (let attempt = 0; !(await post(urls(), own, count + attempt)); attempt += 1) await pause(100)
      acknowledged.push(own)
    }
  }

  const running = Array.from({ length: persons }, behave)
  return {
    acknowledged,
    async stop() {
      stopped = true
      await Promise.all(running)
    },
  }
}

/** Whether a relay has acknowledged the lead. */
async function post(urls: readonly string[], lead: InventedLead, turn: number): Promise<boolean> {
  const url = urls[turn % urls.length]
  if (url === undefined) return false
  try {
    const response = await fetch(`${url}/forms/main/leads`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(lead),
      signal: AbortSignal.timeout(15_000),
    })
    await response.text()
    return response.status === 200 || response.status === 202
  } catch {
    return false
  }
}
