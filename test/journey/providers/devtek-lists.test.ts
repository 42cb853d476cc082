import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type DevtekPlaceLists, createPlaceLists } from '../../../demo/sandbox/devtek/generated-places.ts'
import { takeScreenshot } from '../support/pages/axe.ts'
import type { FormPage } from '../support/pages/form-page.ts'
import { openPlaceStep, receivedPlace, submitFromPlaceStep } from '../support/pages/place-step.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

/** Two hundred thousand places take a while to be put in order. */
const listTimeoutMs = 240_000
const day = 24 * 3600 * 1000
const clock = new TestClock(Date.now())
let stage: TestEnvironment

beforeAll(async () => {
  stage = await startTestEnvironment({ clock, switches: { cities: 0, acceptPlaceIds: true } })
  await waitForCities(0)
})

afterAll(() => stage.close())

beforeEach(() => stage.sandbox.clear())

/** Waits until the relay has a list of so many cities, and nothing left to do with it. */
async function waitForCities(cities: number): Promise<void> {
  const look = async () => {
    const answer = await fetch(`${stage.demo().url}/healthz`)
    expect(await answer.json()).toMatchObject({ places: { lists: 'ok', listed: cities } })
  }
  await vi.waitFor(look, { timeout: listTimeoutMs, interval: 100 })
}

/** Changes Devtek's list, and lets a day pass, after which the relay asks for it again. */
async function refreshLists(switches: {
  readonly cities: number
  readonly listsWithKladr: boolean
}): Promise<void> {
  await stage.sandbox.switch(switches)
  await clock.setTime(clock.now() + day)
  await clock.tick(1000)
}

/** A city of the list, the only one of its name, with the name of its region. */
function onlyOne({ cities, regions }: DevtekPlaceLists, regionId?: number) {
  const times = new Map<string, number>()
  for (const { name } of cities) times.set(name, (times.get(name) ?? 0) + 1)
  const found = cities.find(
    ({ name, region_id }) =>
      times.get(name) === 1 && /^[а-яё]{7,}$/i.test(name) && (regionId ?? region_id) === region_id,
  )
  const region = regions.find(({ region_id }) => region_id === found?.region_id)
  if (!found || !region) throw new Error('expected a city whose name is no other’s')
  return { name: found.name, id: found.city_id, region: region.name, regionId: region.region_id }
}

/** What comes of a name where the keyboard is not switched to Russian. */
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
  it('no city at all, a region is chosen, and the city goes as it was typed', async () => {
    const form = await openPlaceStep(stage)
    await form.control('region').pressSequentially('n.vty')
    await form.root.getByRole('option', { name: 'Тюменская область' }).click()
    await form.control('city').pressSequentially('Примерск')
    await form.field('city').locator('[part=listbox-empty]').click()
    await submitFromPlaceStep(form)
    expect(await receivedPlace(stage.sandbox)).toEqual({
      registration_region: 14,
      registration_city: 'Примерск',
    })
  })

  it('one city, that city is offered at once, and it goes by its ids', async () => {
    await refreshLists({ cities: 1, listsWithKladr: false })
    await waitForCities(1)
    const city = onlyOne(createPlaceLists(1))
    const form = await openPlaceStep(stage)
    await form.control('city').click()
    await expectFirst(form, `${city.name} ${city.region}`)
    await form.page.keyboard.press('ArrowDown')
    await form.page.keyboard.press('Enter')
    expect(await form.control('region').inputValue()).toBe(city.region)
    await submitFromPlaceStep(form)
    expect(await receivedPlace(stage.sandbox)).toEqual({
      registration_region: city.regionId,
      registration_city: city.id,
    })
  })

  it('a thousand cities that have codes, the region narrows the cities, and the chosen one goes by its code', async () => {
    await refreshLists({ cities: 1000, listsWithKladr: true })
    await waitForCities(1000)
    const lists = createPlaceLists(1000)
    const city = onlyOne(lists, 14)
    const form = await openPlaceStep(stage)
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
    expect(await receivedPlace(stage.sandbox)).toEqual({ kladr: lists.codes.get(city.id) })
  })

  it(
    'two hundred thousand cities, any is found among all or in the largest region, and goes by its ids',
    async () => {
      await refreshLists({ cities: 200_000, listsWithKladr: false })
      await waitForCities(200_000)
      const lists = createPlaceLists(200_000)

      const anywhere = onlyOne(lists, 14)
      const atOnce = await openPlaceStep(stage)
      await atOnce.control('city').click()
      await atOnce.root.getByRole('option').first().waitFor()
      await atOnce.control('city').pressSequentially(typeOnLatinLayout(anywhere.name))
      await expectFirst(atOnce, `${anywhere.name} ${anywhere.region}`)
      await takeScreenshot(atOnce.page, 'place-among-200000')
      await atOnce.page.keyboard.press('ArrowDown')
      await atOnce.page.keyboard.press('Enter')
      expect(await atOnce.control('region').inputValue()).toBe(anywhere.region)
      await submitFromPlaceStep(atOnce)
      expect(await receivedPlace(stage.sandbox)).toEqual({
        registration_region: anywhere.regionId,
        registration_city: anywhere.id,
      })

      // So many cities that the relay does not give them out at once.
      const moscowRegion = onlyOne(lists, 40)
      const regionFirst = await openPlaceStep(stage)
      await regionFirst.control('region').pressSequentially('московская')
      await regionFirst.root.getByRole('option', { name: 'Московская область' }).click()
      const slip = `${moscowRegion.name.slice(0, -2)}${moscowRegion.name.slice(-1)}`
      await regionFirst.control('city').pressSequentially(slip)
      await regionFirst.root.getByRole('option').filter({ hasText: moscowRegion.name }).first().click()
      expect(await regionFirst.control('city').inputValue()).toBe(moscowRegion.name)
      await submitFromPlaceStep(regionFirst)
      expect(await receivedPlace(stage.sandbox)).toEqual({
        registration_region: moscowRegion.regionId,
        registration_city: moscowRegion.id,
      })
    },
    listTimeoutMs,
  )
})
