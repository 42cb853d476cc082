import { signal } from '@preact/signals'
import { act } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { ru } from '../../../src/i18n/ru/ru.ts'
import type { CityAnswer, CityQuery, PlaceDirectory } from '../../../src/places/place-directory.ts'
import type { City } from '../../../src/places/place.ts'
import type { LaterViews, PlaceListComponent } from '../../../src/ui/form-view.ts'
import { laterViews } from '../../../src/ui/later-views.ts'
import { define } from '../../form/define.ts'
import { press, typeKeys } from '../support/keys.ts'
import { showForm } from '../support/show-form.ts'
import {
  createListLoader,
  openPlaces,
  showPlaces,
  type ShownPlaces,
  somePlaces,
} from '../support/show-places.ts'

const never = new Promise<never>(() => undefined)
const fail = async (): Promise<never> => {
  throw new Error('down')
}

async function typePlace(form: ShownPlaces, region: string, city: string): Promise<void> {
  form.input('region').focus()
  await typeKeys(region)
  await press('Tab')
  await typeKeys(city)
  await press('Tab')
}

describe('a place that is typed by hand is accepted, and the step can be left', () => {
  const noCities: CityAnswer = { cities: [], complete: false }
  const directories = {
    'the directory has not answered': { regions: () => never, cities: () => never },
    'the directory fails': { regions: fail, cities: fail },
    'the directory is empty': { regions: async () => [], cities: async () => noCities },
    'the directory knows other places': somePlaces,
  } satisfies Record<string, PlaceDirectory>

  it.each(Object.entries(directories))('while %s', async (_, directory) => {
    const form = await showPlaces(directory)
    await typePlace(form, 'Вымышленный край', 'Примерск')
    expect(form.values()).toEqual({ region: 'Вымышленный край', city: 'Примерск' })
    await form.click()
    expect(form.model.index.value).toBe(1)
  })

  it.each<[string, () => Promise<PlaceListComponent>]>([
    ['is loading', () => never],
    ['cannot be loaded', fail],
  ])('while the list itself %s', async (_, load) => {
    const form = openPlaces(load)
    await typePlace(form, 'Вымышленный край', 'Примерск')
    expect(form.input('city').getAttribute('role')).toBeNull()
    expect(form.values()).toEqual({ region: 'Вымышленный край', city: 'Примерск' })
    await form.click()
    expect(form.model.index.value).toBe(1)
  })

  it.each([
    ['Москва', '7700000000000'],
    ['санкт петербург', '7800000000000'],
    ['г. Севастополь', '9200000000000'],
  ])('and %s has its code without a list', async (city, cityKladr) => {
    const form = openPlaces(fail)
    await typePlace(form, '', city)
    expect(form.values()).toMatchObject({ city, cityKladr })
    await typePlace(form, 'Тверская область', '')
    expect(form.values()).toEqual({ region: 'Тверская область', city })
  })

  it('and only the city is required', async () => {
    const form = openPlaces(fail)
    await form.click()
    expect(form.message('city')).toEqual({ text: ru.address.City.required, blocks: true })
    expect(form.message('region')).toBeUndefined()
    expect(form.input('city')).toHaveDeepFocus()
  })
})

it('if the directory fails, the federal subjects are still offered', async () => {
  const form = await showPlaces({ regions: fail, cities: fail })
  form.input('region').focus()
  await typeKeys('тюм')
  await expect.poll(() => form.options()).toEqual(['Тюменская область'])
  await press('ArrowDown', 'Enter')
  expect(form.values()).toEqual({ region: 'Тюменская область', regionId: 'kladr:7200000000000' })
})

it('if the directory fails, the cities that are regions are still offered', async () => {
  const form = await showPlaces({ regions: fail, cities: fail })
  form.input('city').focus()
  await typeKeys('gbnth')
  await expect.poll(() => form.options()).toEqual(['Санкт-Петербург'])
  await press('ArrowDown', 'Enter')
  expect(form.values()).toMatchObject({
    region: 'Санкт-Петербург',
    city: 'Санкт-Петербург',
    cityKladr: '7800000000000',
  })
})

it('a directory that works again is used again', async () => {
  let isDown = true
  const form = await showPlaces({
    regions: somePlaces.regions,
    cities: (query) => (isDown ? fail() : somePlaces.cities(query)),
  })
  form.input('city').focus()
  await typeKeys('тю')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(form.options()).toEqual([])
  isDown = false
  await typeKeys('м')
  await expect.poll(() => form.options()).toEqual(['Тюмень Тюменская область'])
})

it('the cities of a chosen region are loaded before the person comes to their field, once', async () => {
  const queries: CityQuery[] = []
  const form = await showPlaces({
    regions: somePlaces.regions,
    cities: (query) => (queries.push(query), somePlaces.cities(query)),
  })
  await expect.poll(() => queries).toEqual([{}])
  form.input('region').focus()
  await typeKeys('тюменская')
  await expect.poll(() => form.options()).toEqual(['Тюменская область'])
  expect(queries).toEqual([{}])
  await press('ArrowDown', 'Enter')
  await expect.poll(() => queries).toEqual([{}, { region: 'kladr:7200000000000' }])
  form.input('city').focus()
  await press('Alt+ArrowDown')
  await expect.poll(() => form.options()).toEqual(['Тюмень', 'Тобольск', 'Боровский пгт'])
  expect(queries).toHaveLength(2)
})

it('a list that loads late keeps the input: the element, the focus, the text and the caret', async () => {
  let finishLoading: (list: PlaceListComponent) => void = () => undefined
  const form = openPlaces(() => new Promise((resolve) => (finishLoading = resolve)))
  const input = form.input('city')
  input.focus()
  await typeKeys('тюмень')
  input.setSelectionRange(3, 3)
  const List = await createListLoader(somePlaces)()
  await act(() => finishLoading(List))
  await expect.poll(() => input.getAttribute('role')).toBe('combobox')
  expect(form.input('city')).toBe(input)
  expect(input).toHaveDeepFocus()
  expect([input.value, input.selectionStart, input.selectionEnd]).toEqual(['тюмень', 3, 3])
  await press('Delete')
  await expect.poll(() => form.options()).toEqual(['Тюмень Тюменская область'])
})

describe('before the texts of the list have come', () => {
  function showEarly() {
    const { places, ...early } = ru
    const texts = { ...early }
    const loaded = signal<LaterViews | undefined>(undefined)
    const { promise, resolve } = Promise.withResolvers<LaterViews>()
    const form = showForm(define([{ name: 'issuePlace' }], []), {
      loadPlaceList: createListLoader(somePlaces),
      texts,
      laterViews: () => loaded.value,
      loadLaterViews: () => promise,
    })
    return {
      ...form,
      come: () =>
        act(async () => {
          Object.assign(texts, { places })
          loaded.value = laterViews
          resolve(laterViews)
        }),
    }
  }

  it('no remark is empty: it comes with them', async () => {
    const form = showEarly()
    await expect.poll(() => form.input('city').role).toBe('combobox')
    form.input('city').focus()
    await typeKeys('Kirov')
    await press('Tab')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(form.model.fields.city?.message.value).toBeUndefined()
    await form.come()
    await expect.poll(() => form.message('city')).toEqual({ text: ru.places.inRussian, blocks: false })
  })

  it('nothing is announced: it is once they have come', async () => {
    const form = showEarly()
    await expect.poll(() => form.input('city').role).toBe('combobox')
    form.input('city').focus()
    await typeKeys('щщщ')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(form.announcement()).toBe('')
    await form.come()
    await expect.poll(() => form.announcement()).toBe(ru.places.none)
    expect(form.all(HTMLElement, '[part=listbox-empty]')).toHaveLength(1)
  })
})

it('an answer to an earlier text is ignored', async () => {
  const requests = new Map<string, (answer: CityAnswer) => void>()
  const form = await showPlaces({
    regions: async () => [],
    cities: ({ text = '' }) =>
      text === ''
        ? Promise.resolve({ cities: [], complete: false })
        : new Promise((resolve) => requests.set(text, resolve)),
  })
  const answer = (text: string, name: string): void => {
    const city: City = { id: 'kladr:1', name, type: 'г', regionId: '', region: '' }
    requests.get(text)?.({ cities: [city], complete: false })
  }
  form.input('city').focus()
  await typeKeys('к')
  await expect.poll(() => [...requests.keys()]).toEqual(['к'])
  await typeKeys('и')
  await expect.poll(() => [...requests.keys()]).toEqual(['к', 'ки'])
  answer('ки', 'Киров')
  await expect.poll(() => form.options()).toEqual(['Киров'])
  answer('к', 'Казань')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(form.options()).toEqual(['Киров'])
})

describe('ten thousand cities of one region', () => {
  const cities = Array.from({ length: 10_000 }, (_, index): City => ({
    id: `kladr:${index}`,
    name: `Посёлок ${index}`,
    type: 'п',
    regionId: 'kladr:7200000000000',
    region: 'Тюменская область',
    population: 10_000 - index,
  }))
  const open = async (): Promise<ShownPlaces> => {
    const form = await showPlaces({
      regions: async () => [],
      cities: async () => ({ cities, complete: true }),
    })
    form.input('city').focus()
    await press('Alt+ArrowDown')
    await expect.poll(() => form.options().length).toBeGreaterThan(0)
    return form
  }
  const list = (form: ShownPlaces): HTMLElement => form.one(HTMLElement, '[data-field=city] [role=listbox]')
  const numbers = (form: ShownPlaces): readonly string[] =>
    form.options().map((text) => /\d+/.exec(text)?.[0] ?? '')

  it('are counted, and only the visible ones are rendered', async () => {
    const form = await open()
    expect(form.announcement()).toBe('Найдено 10\u00a0000 вариантов')
    expect(form.options().length).toBeLessThan(20)
    expect(form.option('Посёлок 0').getAttribute('aria-setsize')).toBe('10000')
    expect(form.option('Посёлок 0').getAttribute('aria-posinset')).toBe('1')
    expect(list(form).scrollHeight).toBeGreaterThan(10_000 * 44)
  })

  it('can be scrolled, and a visible one can be chosen', async () => {
    const form = await open()
    const { scrollHeight, clientHeight } = list(form)
    list(form).scrollTop = scrollHeight / 2
    await expect.poll(() => numbers(form)).toContain('5000')
    expect(form.options().length).toBeLessThan(20)
    const [top, bottom] = [list(form).getBoundingClientRect().top, clientHeight]
    const option = form.option('Посёлок 5000')
    const offset = option.getBoundingClientRect().top - top
    expect(offset >= 0 && offset < bottom).toBe(true)
    await act(() => option.click())
    expect(form.input('city').value).toBe('Посёлок 5000')
  })

  it('can be selected with the keys, past the end', async () => {
    const form = await open()
    await press('ArrowUp')
    expect(form.active('city')).toMatch(/^Посёлок 9999/)
    const { bottom } = list(form).getBoundingClientRect()
    expect(form.option('Посёлок 9999').getBoundingClientRect().bottom).toBeLessThanOrEqual(bottom + 1)
    await press('ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp')
    expect(form.active('city')).toMatch(/^Посёлок 9992/)
    const { top } = list(form).getBoundingClientRect()
    expect(form.option('Посёлок 9992').getBoundingClientRect().top).toBeGreaterThanOrEqual(top - 1)
    await press('ArrowDown', 'Enter')
    expect(form.input('city').value).toBe('Посёлок 9993')
  })

  it('are searched like any others', async () => {
    const form = await open()
    await typeKeys('поселок 777')
    await expect.poll(() => numbers(form)[0]).toBe('777')
  })
})
