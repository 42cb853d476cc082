import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { advanceToRest } from '../../relay/support/advance-time.ts'
import { type DevtekPlaceLists, createPlaceLists } from '../../../demo/sandbox/devtek/generated-places.ts'
import { takeScreenshot } from '../support/pages/axe.ts'
import type { FormPage } from '../support/pages/form-page.ts'
import { openPlaceStep, receivedPlace, submitFromPlaceStep } from '../support/pages/place-step.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

/** Long enough to import 200,000 places. */
const listTimeoutMs = 240_000
const day = 24 * 3600 * 1000
const clock = new TestClock(Date.now())
const adminToken = 'invented-operator-token-0123456789'
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment({
    adminToken,
    clock,
    switches: { cities: 0, acceptPlaceIds: true },
  })
  await waitForCities(0)
})

afterAll(() => environment.close())

beforeEach(() => environment.sandbox.clear())

/** Waits until the relay has imported a list of `cities` cities, and lets a minute pass before each look. */
async function waitForCities(cities: number): Promise<void> {
  const expectList = async () => {
    await advanceToRest(clock, 60_000)
    const response = await fetch(`${environment.demo().url}/healthz`, {
      headers: { authorization: `Bearer ${adminToken}` },
    })
    expect(await response.json()).toMatchObject({ places: { lists: 'ok', listed: cities } })
  }
  await vi.waitFor(expectList, { timeout: listTimeoutMs, interval: 100 })
}

/** Changes Devtek's list and advances the clock by a day, after which the relay fetches it again. */
async function refreshLists(switches: {
  readonly cities: number
  readonly listsWithKladr: boolean
}): Promise<void> {
  await environment.sandbox.switch(switches)
  await advanceToRest(clock, day)
  await waitForCities(switches.cities)
}

/** A city with a unique name in the lists, with its region. */
function uniqueCity({ cities, regions }: DevtekPlaceLists, regionId?: number) {
  const counts = new Map<string, number>()
  for (const { name } of cities) counts.set(name, (counts.get(name) ?? 0) + 1)
  const found = cities.find(
    ({ name, region_id }) =>
      counts.get(name) === 1 && /^[а-яё]{7,}$/i.test(name) && (regionId ?? region_id) === region_id,
  )
  const region = regions.find(({ region_id }) => region_id === found?.region_id)
  if (!found || !region) throw new Error('expected a city with a unique name')
  return { name: found.name, id: found.city_id, region: region.name, regionId: region.region_id }
}

/** The text of a name that is typed on the Latin keyboard layout. */
function typeOnLatinLayout(name: string): string {
  const [russian, latin] = ['йцукенгшщзхъфывапролджэячсмитьбюё', "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"]
  return Array.from(name.toLowerCase(), (letter) => latin[russian.indexOf(letter)] ?? letter).join('')
}

async function expectFirst(form: FormPage, text: string): Promise<void> {
  await expect
    .poll(async () => (await form.root.getByRole('option').first().textContent())?.trim())
    .toBe(text)
}

describe('with Devtek’s list of', () => {
  it('no cities, a region is chosen and the city is sent as typed', async () => {
    const form = await openPlaceStep(environment)
    await form.control('region').pressSequentially('n.vty')
    await form.root.getByRole('option', { name: 'Тюменская область' }).click()
    await form.control('city').pressSequentially('Примерск')
    await form.field('city').locator('[part=listbox-empty]').click()
    await submitFromPlaceStep(form)
    expect(await receivedPlace(environment.sandbox)).toEqual({
      registration_region: 14,
      registration_city: 'Примерск',
    })
  })

  it('one city, it is offered immediately and sent with its ids', async () => {
    await refreshLists({ cities: 1, listsWithKladr: false })
    const city = uniqueCity(createPlaceLists(1))
    const form = await openPlaceStep(environment)
    await form.control('city').click()
    await expectFirst(form, `${city.name} ${city.region}`)
    await form.page.keyboard.press('ArrowDown')
    await form.page.keyboard.press('Enter')
    expect(await form.control('region').inputValue()).toBe(city.region)
    await submitFromPlaceStep(form)
    expect(await receivedPlace(environment.sandbox)).toEqual({
      registration_region: city.regionId,
      registration_city: city.id,
    })
  })

  it('a thousand cities with codes, the region narrows the list and the chosen city is sent with its code', async () => {
    await refreshLists({ cities: 1000, listsWithKladr: true })
    const lists = createPlaceLists(1000)
    const city = uniqueCity(lists, 14)
    const form = await openPlaceStep(environment)
    await form.control('region').pressSequentially('тюм')
    await form.root.getByRole('option', { name: 'Тюменская область' }).click()
    await form.control('city').click()
    const inRegion = lists.cities.filter(({ region_id }) => region_id === 14).length
    await expect
      .poll(() => form.root.getByRole('option').first().getAttribute('aria-setsize'))
      .toBe(String(inRegion))
    await form.control('city').pressSequentially(typeOnLatinLayout(city.name))
    await expectFirst(form, city.name)
    await form.root.getByRole('option').first().click()
    await submitFromPlaceStep(form)
    expect(await receivedPlace(environment.sandbox)).toEqual({ kladr: lists.codes.get(city.id) })
  })

  it(
    'two hundred thousand cities, a city is found among all or in the largest region and sent with its ids',
    async () => {
      await refreshLists({ cities: 200_000, listsWithKladr: false })
      const lists = createPlaceLists(200_000)

      const anywhere = uniqueCity(lists, 14)
      const cityFirst = await openPlaceStep(environment)
      await cityFirst.control('city').click()
      await cityFirst.root.getByRole('option').first().waitFor()
      await cityFirst.control('city').pressSequentially(typeOnLatinLayout(anywhere.name))
      await expectFirst(cityFirst, `${anywhere.name} ${anywhere.region}`)
      await takeScreenshot(cityFirst.page, 'place-among-200000')
      await cityFirst.page.keyboard.press('ArrowDown')
      await cityFirst.page.keyboard.press('Enter')
      expect(await cityFirst.control('region').inputValue()).toBe(anywhere.region)
      await submitFromPlaceStep(cityFirst)
      expect(await receivedPlace(environment.sandbox)).toEqual({
        registration_region: anywhere.regionId,
        registration_city: anywhere.id,
      })

      // A region with too many cities for one response.
      const moscowRegion = uniqueCity(lists, 40)
      const regionFirst = await openPlaceStep(environment)
      await regionFirst.control('region').pressSequentially('московская')
      await regionFirst.root.getByRole('option', { name: 'Московская область' }).click()
      const typo = `${moscowRegion.name.slice(0, -2)}${moscowRegion.name.slice(-1)}`
      await regionFirst.control('city').pressSequentially(typo)
      await regionFirst.root.getByRole('option').filter({ hasText: moscowRegion.name }).first().click()
      expect(await regionFirst.control('city').inputValue()).toBe(moscowRegion.name)
      await submitFromPlaceStep(regionFirst)
      expect(await receivedPlace(environment.sandbox)).toEqual({
        registration_region: moscowRegion.regionId,
        registration_city: moscowRegion.id,
      })
    },
    listTimeoutMs,
  )
})
