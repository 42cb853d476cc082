import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { env, formEntry } from '../../relay/support/invented.ts'
import { buildKladr } from '../../relay/support/dbf.ts'
import { openPlaceStep, receivedPlace, submitFromPlaceStep } from '../support/pages/place-step.ts'
import { createPostedLead } from '../support/posted-lead.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const adminToken = 'invented-operator-token-0123456789'
let stage: TestEnvironment
let files: string

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'anketa-kladr-'))
  stage = await startTestEnvironment({ adminToken, switches: { lists: 'error-500', acceptPlaceIds: true } })
})

afterAll(async () => {
  await stage.close()
  await rm(files, { recursive: true, force: true })
})

beforeEach(() => stage.sandbox.clear())

async function placesState(): Promise<unknown> {
  const { places }: { readonly places: unknown } = await (await fetch(`${stage.demo().url}/healthz`)).json()
  return places
}

describe('while Devtek’s lists are down and nothing is imported', () => {
  it('a region is chosen from those that are built in, and goes by its name with the city as typed', async () => {
    const form = await openPlaceStep(stage)
    await form.control('region').pressSequentially('тюм')
    await form.root.getByRole('option', { name: 'Тюменская область' }).click()
    await form.control('city').pressSequentially('Тюмень')
    await form.page.keyboard.press('Tab')
    await submitFromPlaceStep(form)
    expect(await receivedPlace(stage.sandbox)).toEqual({
      registration_region: 'Тюменская область',
      registration_city: 'Тюмень',
    })
    expect(await placesState()).toEqual({ imported: 0, listed: 0, unmatched: 0, lists: 'missing' })
  })

  it('a city alone goes as it was typed', async () => {
    const form = await openPlaceStep(stage)
    await form.control('city').fill('пос. Вымышленный')
    await form.page.keyboard.press('Tab')
    await submitFromPlaceStep(form)
    expect(await receivedPlace(stage.sandbox)).toEqual({ registration_city: 'пос. Вымышленный' })
  })

  it.each([
    ['chosen', 'gbnth', '7800000000000'],
    ['typed', 'г. Москва', '7700000000000'],
  ] as const)('a federal city that is %s goes by its code', async (how, text, kladr) => {
    const form = await openPlaceStep(stage)
    await form.control('city').pressSequentially(text)
    if (how === 'chosen') await form.root.getByRole('option', { name: 'Санкт-Петербург' }).click()
    else await form.page.keyboard.press('Tab')
    await submitFromPlaceStep(form)
    expect(await receivedPlace(stage.sandbox)).toEqual({ kladr })
  })
})

describe('an import of KLADR while leads come in', () => {
  it('loses none of them, and from then on its places are offered and go by their codes', async () => {
    const { url } = stage.demo()
    const opened = await openPlaceStep(stage)
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
      over = true
    })
    let over = false
    let posted = 0
    while (!over || posted < 5) {
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
    expect(await stage.sandbox.received()).toHaveLength(posted)
    expect(await placesState()).toMatchObject({ imported: 2001, lists: 'missing' })

    // A page that was open before asks for what it has not asked for yet.
    await opened.control('city').fill('Тобольск')
    await opened.page.keyboard.press('Tab')
    await submitFromPlaceStep(opened)
    expect(await receivedPlace(stage.sandbox)).toEqual({ kladr: '7200000200000' })

    await stage.sandbox.clear()
    const form = await openPlaceStep(stage)
    await form.control('city').pressSequentially('njjkmcr')
    await form.root.getByRole('option', { name: 'Тобольск' }).click()
    expect(await form.control('region').inputValue()).toBe('Тюменская область')
    await submitFromPlaceStep(form)
    expect(await receivedPlace(stage.sandbox)).toEqual({ kladr: '7200000200000' })
  })
})

/** Runs the operator's command, with a configuration that names the database which the demonstration's relay holds. */
async function importFile(url: string): Promise<{ readonly code: unknown; readonly output: string }> {
  const config = join(files, 'anketa.relay.json')
  await writeFile(
    config,
    JSON.stringify({
      port: Number(new URL(url).port),
      database: `pglite:${stage.folder}`,
      adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
      forms: { main: formEntry() },
    }),
  )
  const words = ['src/relay/cli/bin.ts', 'places', 'import', '--config', config, join(files, 'KLADR.DBF')]
  const child = spawn(process.execPath, words, {
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
