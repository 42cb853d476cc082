import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { findDestination } from '../../../src/relay/leads/routing.ts'
import type { Destination } from '../../../src/relay/destinations/destination.ts'
import { env, formEntry } from '../support/invented.ts'

const devtek = { provider: 'devtek', idWebmaster: 4321, token: { env: 'DEVTEK_TOKEN' } }

async function open(...destinations: readonly object[]): Promise<readonly Destination[]> {
  const forms = { main: { ...formEntry(), destinations } }
  const config = await parseConfig({ forms }, { env, readText: () => Promise.reject(new Error('none')) })
  const result = config.forms.get('main')
  if (!result || 'problems' in result) throw new Error(result?.problems.join())
  return result.form.destinations
}

async function keys(...destinations: readonly object[]): Promise<readonly string[]> {
  return (await open(...destinations)).map(({ key }) => key)
}

describe("a destination's key", () => {
  const other = { ...devtek, idWebmaster: 9 }

  it('is the same in another order, beside another one, and with other options', async () => {
    const [one] = await keys(devtek)
    expect(await keys(other, devtek)).toEqual([expect.not.stringMatching(String(one)), one])
    expect(await keys({ ...devtek, noPatronymic: 'Нет', baseUrl: 'https://api.devtek.io' })).toEqual([one])
  })

  it('tells nothing of the configuration', async () => {
    expect(await keys(devtek)).toEqual([expect.stringMatching(/^devtek-[0-9a-f]{8}$/)])
    expect((await keys(devtek)).join()).not.toContain('4321')
  })

  it("is the operator's own, if there is one, and finds what was stored before", async () => {
    const [derived = ''] = await keys(devtek)
    const named = await open({ ...devtek, id: 'lender' }, other)
    expect(named[0]?.key).toBe('lender')
    expect(findDestination(named, derived)?.key).toBe('lender')
  })

  it('tells two of one account apart by their other options, whatever their order', async () => {
    const twin = { ...devtek, noPatronymic: 'Нет' }
    const [first, second] = await keys(devtek, twin)
    expect(first).not.toBe(second)
    expect(await keys(twin, devtek)).toEqual([second, first])
    // The one that was alone before keeps what was stored for it.
    const [alone = ''] = await keys(devtek)
    expect(findDestination(await open(devtek, twin), alone)?.key).toBe(first)
    expect(new Set(await keys(devtek, devtek)).size).toBe(2)
  })

  it('finds what an early version stored under the name of the provider', async () => {
    const destinations = await open(devtek, other)
    expect(findDestination(destinations, 'devtek')).toBe(destinations[0])
    expect(findDestination(destinations, 'lotinfo')).toBeUndefined()
  })
})
