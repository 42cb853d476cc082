import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { env, formEntry } from '../../relay/support/invented.ts'
import { buildKladr } from '../../relay/places/dbf.ts'
import { openPlaceStep, receivedPlace, submitFromPlaceStep } from '../support/pages/place-step.ts'
import { createPostedLead } from '../support/posted-lead.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const adminToken = 'invented-operator-token-0123456789'
let environment: TestEnvironment
let files: string

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'anketa-kladr-'))
  environment = await startTestEnvironment({
    adminToken,
    switches: { lists: 'error-500', acceptPlaceIds: true },
  })
})

afterAll(async () => {
  await environment.close()
  await rm(files, { recursive: true, force: true })
})

beforeEach(() => environment.sandbox.clear())

async function placesState(): Promise<unknown> {
  const { places }: { readonly places: unknown } = await (
    await fetch(`${environment.demo().url}/healthz`, {
      headers: { authorization: `Bearer ${adminToken}` },
    })
  ).json()
  return places
}

describe('without Devtek’s lists and without an import', () => {
  it('a built-in region is chosen and sent by its name, with the city as typed', async () => {
    const form = await openPlaceStep(environment)
    await form.control('region').pressSequentially('тюм')
    await form.root.getByRole('option', { name: 'Тюменская область' }).click()
    await form.control('city').pressSequentially('Тобольск')
    await form.page.keyboard.press('Tab')
    await submitFromPlaceStep(form)
    expect(await receivedPlace(environment.sandbox)).toEqual({
      registration_region: 'Тюменская область',
      registration_city: 'Тобольск',
    })
    expect(await placesState()).toEqual({ imported: 0, listed: 0, unmatched: 0, lists: 'missing' })
  })

  it('a city alone is sent as typed', async () => {
    const form = await openPlaceStep(environment)
    await form.control('city').fill('пос. Вымышленный')
    await form.page.keyboard.press('Tab')
    await submitFromPlaceStep(form)
    expect(await receivedPlace(environment.sandbox)).toEqual({ registration_city: 'пос. Вымышленный' })
  })

  it.each([
    ['chosen', 'gbnth', '7800000000000'],
    ['typed', 'г. Москва', '7700000000000'],
  ] as const)('a %s federal city is sent with its code', async (method, text, kladr) => {
    const form = await openPlaceStep(environment)
    await form.control('city').pressSequentially(text)
    if (method === 'chosen') await form.root.getByRole('option', { name: 'Санкт-Петербург' }).click()
    else await form.page.keyboard.press('Tab')
    await submitFromPlaceStep(form)
    expect(await receivedPlace(environment.sandbox)).toEqual({ kladr })
  })
})

describe('an import of KLADR while leads arrive', () => {
  it('loses no lead, and afterwards its places are offered and sent with their codes', async () => {
    const { url } = environment.demo()
    const openedBefore = await openPlaceStep(environment)
    const villages = Array.from({ length: 2000 }, (_, index) => {
      const [district, place] = [2 + Math.floor(index / 500), (index % 500) + 1]
      return [`Посёлок ${index}`, 'п', `72${digits(district)}000${digits(place)}00`] as const
    })
    const rows = [
      ['Тюменская', 'обл', '7200000000000'],
      ['Тобольск', 'г', '7200000200000'],
      ...villages,
    ] as const
    await writeFile(join(files, 'KLADR.DBF'), buildKladr(rows))
    const importing = importFile(url).finally(() => {
      done = true
    })
    let done = false
    let posted = 0
    while (!done || posted < 5) {
      const lead = createPostedLead(url)
      const answer = await fetch(`${url}/forms/main/leads`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(lead),
      })
      expect(await answer.json()).toMatchObject({ id: lead.id, outcome: 'accepted' })
      posted += 1
      await sleep(50)
    }
    expect(await importing).toEqual({
      code: 0,
      output: `KLADR.DBF: 2,001 cities and villages, 1 other rows
The relay is running: the places go through it.
Done: 2,001 cities and villages of 1 regions are in use.
`,
    })
    expect(await environment.sandbox.received()).toHaveLength(posted)
    expect(await placesState()).toMatchObject({ imported: 2001, lists: 'missing' })

    // A page that was opened before the import requests the new places.
    await openedBefore.control('city').fill('Тобольск')
    await openedBefore.page.keyboard.press('Tab')
    await submitFromPlaceStep(openedBefore)
    expect(await receivedPlace(environment.sandbox)).toEqual({ kladr: '7200000200000' })

    await environment.sandbox.clear()
    const form = await openPlaceStep(environment)
    await form.control('city').pressSequentially('njjkmcr')
    await form.root.getByRole('option', { name: 'Тобольск' }).click()
    expect(await form.control('region').inputValue()).toBe('Тюменская область')
    await submitFromPlaceStep(form)
    expect(await receivedPlace(environment.sandbox)).toEqual({ kladr: '7200000200000' })
  })
})

/** Runs the import command with a configuration that names the database of the demo's running relay. */
async function importFile(url: string): Promise<{ readonly code: unknown; readonly output: string }> {
  const config = join(files, 'anketa.relay.json')
  await writeFile(
    config,
    JSON.stringify({
      port: Number(new URL(url).port),
      database: `pglite:${environment.folder}`,
      adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
      forms: { main: formEntry() },
    }),
  )
  const args = ['src/relay/cli/bin.ts', 'places', 'import', '--config', config, join(files, 'KLADR.DBF')]
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env, ANKETA_ADMIN_TOKEN: adminToken },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [code] = await once(child, 'close')
  return { code, output }
}

function digits(number: number): string {
  return String(number).padStart(3, '0')
}
