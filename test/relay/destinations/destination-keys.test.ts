import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { findDestination } from '../../../src/relay/leads/routing.ts'
import type { Destination } from '../../../src/relay/destinations/destination.ts'
import { env, formEntry } from '../support/invented.ts'

const devtek = { provider: 'devtek', idWebmaster: 4321, token: { env: 'DEVTEK_TOKEN' } }

async function parseDestinations(...destinations: readonly object[]): Promise<readonly Destination[]> {
  const forms = { main: { ...formEntry(), destinations } }
  const config = await parseConfig({ forms }, { env, readText: () => Promise.reject(new Error('none')) })
  const result = config.forms.get('main')
  if (!result || 'problems' in result) throw new Error(result?.problems.join())
  return result.form.destinations
}

async function keys(...destinations: readonly object[]): Promise<readonly string[]> {
  return (await parseDestinations(...destinations)).map(({ key }) => key)
}

describe("a destination's key", () => {
  const other = { ...devtek, idWebmaster: 9 }

  it('does not depend on order, other destinations or other options', async () => {
    const [one] = await keys(devtek)
    expect(await keys(other, devtek)).toEqual([expect.not.stringMatching(String(one)), one])
    expect(await keys({ ...devtek, noPatronymic: 'Нет', baseUrl: 'https://api.devtek.io' })).toEqual([one])
  })

  it('reveals nothing of the configuration', async () => {
    expect(await keys(devtek)).toEqual([expect.stringMatching(/^devtek-[0-9a-f]{8}$/)])
    expect((await keys(devtek)).join()).not.toContain('4321')
  })

  it("is the operator's id, if there is one, and deliveries under the former key are found", async () => {
    const [derived = ''] = await keys(devtek)
    const named = await parseDestinations({ ...devtek, id: 'lender' }, other)
    expect(named[0]?.key).toBe('lender')
    expect(findDestination(named, derived)?.key).toBe('lender')
  })

  it('distinguishes two destinations of one account by their other options, in any order', async () => {
    const sibling = { ...devtek, noPatronymic: 'Нет' }
    const [first, second] = await keys(devtek, sibling)
    expect(first).not.toBe(second)
    expect(await keys(sibling, devtek)).toEqual([second, first])
    // The destination that was the only one before keeps its deliveries.
    const [alone = ''] = await keys(devtek)
    expect(findDestination(await parseDestinations(devtek, sibling), alone)?.key).toBe(first)
    expect(new Set(await keys(devtek, devtek)).size).toBe(2)
  })

  it('finds deliveries that an early version stored under the name of the provider', async () => {
    const destinations = await parseDestinations(devtek, other)
    expect(findDestination(destinations, 'devtek')).toBe(destinations[0])
    expect(findDestination(destinations, 'lotinfo')).toBeUndefined()
  })
})
