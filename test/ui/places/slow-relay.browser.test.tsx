import { act } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import { cdp, userEvent } from 'vitest/browser'
import { ru } from '../../../src/i18n/ru/ru.ts'
import type { CityAnswer } from '../../../src/places/place-directory.ts'
import { createCitySearch } from '../../../src/places/place-search.ts'
import type { City } from '../../../src/places/place.ts'
import { compose, press, typeKeys } from '../support/keys.ts'
import { type ShownPlaces, showPlaces, somePlaces } from '../support/show-places.ts'

const cities = [
  ['Казань', 'Республика Татарстан', '1600000100000'],
  ['Калуга', 'Калужская область', '4000000100000'],
  ['Москва', 'Москва', '7700000000000'],
  ['Московский', 'Тюменская область', '7200000500000'],
].map(([name = '', region = '', kladr = '']): City => {
  const regionId = `kladr:${kladr.slice(0, 2)}00000000000`
  return { id: `kladr:${kladr}`, name, type: 'г', regionId, region, kladr }
})
const search = createCitySearch(cities)

/** A list whose relay answers when the test tells it to. */
async function showSlowPlaces(): Promise<ShownPlaces & { answer(text: string): Promise<void> }> {
  const requests = new Map<string, (answer: CityAnswer) => void>()
  const form = await showPlaces({
    regions: async () => [],
    cities: ({ text = '' }) =>
      text === ''
        ? Promise.resolve({ cities: [], complete: false })
        : new Promise((resolve) => requests.set(text, resolve)),
  })
  return {
    ...form,
    async answer(text) {
      await expect.poll(() => [...requests.keys()]).toContain(text)
      await act(() => requests.get(text)?.({ cities: search(text, 50), complete: false }))
      await settle()
    },
  }
}

/** Until everything that an answer causes has happened. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30))
const isBusy = (form: ShownPlaces): boolean =>
  form.one(HTMLElement, '[data-field=city] [role=listbox]').getAttribute('aria-busy') === 'true'
const moscow = {
  region: 'Москва',
  regionId: 'kladr:7700000000000',
  city: 'Москва',
  cityKladr: '7700000000000',
  cityId: 'kladr:7700000000000',
}

describe('while the relay searches for another text', () => {
  let form: Awaited<ReturnType<typeof showSlowPlaces>>

  beforeEach(async () => {
    form = await showSlowPlaces()
    form.input('city').focus()
    await typeKeys('ка')
    await form.answer('ка')
    await press('Control+a')
  })

  it('the options of the earlier text are shown as busy, and cannot be chosen with the keys', async () => {
    await typeKeys('москва')
    expect(isBusy(form)).toBe(true)
    expect(form.options()).toHaveLength(2)
    await press('ArrowDown', 'Enter')
    expect(form.values()).toMatchObject({ city: 'москва' })
    expect(form.model.index.value).toBe(0)
    await form.answer('москва')
    expect(form.values()).toEqual(moscow)
    expect(form.model.index.value).toBe(0)
  })

  it('nor with a click, which does not take the focus', async () => {
    await typeKeys('мос')
    await userEvent.click(form.option('Казань'))
    expect(form.input('city')).toHaveDeepFocus()
    expect(form.values()).toEqual({ city: 'мос' })
    await form.answer('мос')
    expect(isBusy(form)).toBe(false)
    await userEvent.click(form.option('Москва'))
    expect(form.values()).toEqual(moscow)
  })

  it('an arrow key selects an option of the answer, and Enter chooses it instead of sending the step', async () => {
    await typeKeys('мос')
    await press('ArrowDown')
    expect(form.active('city')).toBeUndefined()
    await form.answer('мос')
    expect(form.active('city')).toBe('Москва')
    await press('Enter')
    expect(form.values()).toEqual(moscow)
    expect(form.model.index.value).toBe(0)
  })

  it('Enter ahead of the answer chooses no option that nobody has seen', async () => {
    await typeKeys('мос')
    await press('ArrowDown', 'Enter')
    await form.answer('мос')
    expect(form.values()).toEqual({ city: 'мос' })
    expect(form.active('city')).toBe('Москва')
    expect(form.model.index.value).toBe(0)
  })

  it('Escape cancels the search: the text stays, and no list opens later', async () => {
    await typeKeys('мос')
    await press('Escape')
    expect(form.input('city').value).toBe('мос')
    expect(form.options()).toEqual([])
    await form.answer('мос')
    expect(form.options()).toEqual([])
    expect(form.input('city').getAttribute('aria-expanded')).toBe('false')
    expect(form.values()).toEqual({ city: 'мос' })
  })

  it('leaving the field closes the list, and the answer gives the city of that name its codes', async () => {
    await typeKeys('москва')
    await press('Tab')
    expect(form.options()).toEqual([])
    await form.answer('москва')
    expect(form.options()).toEqual([])
    expect(form.values()).toEqual(moscow)
    expect(form.input('city')).not.toHaveDeepFocus()
  })

  it('a region that is entered meanwhile is not overwritten', async () => {
    await typeKeys('москва')
    await press('Tab')
    await act(() => form.model.type('region', 'Тверская область'))
    await form.answer('москва')
    expect(form.values()).toEqual({ region: 'Тверская область', city: 'москва' })
  })
})

it('the key that ends a composition chooses no option', async () => {
  const form = await showPlaces()
  form.input('city').focus()
  await typeKeys('тюм')
  await expect.poll(() => form.options()).toHaveLength(1)
  await press('ArrowDown')
  // Safari ends the composition before this key.
  await cdp().send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Enter',
    windowsVirtualKeyCode: 229,
  })
  await settle()
  expect(form.values()).toEqual({ city: 'тюм' })
  expect(form.active('city')).toMatch(/^Тюмень/)
  await press('Enter')
  expect(form.values()).toMatchObject({ city: 'Тюмень', cityKladr: '7200000100000' })
})

describe('undoing', () => {
  const input = (form: ShownPlaces): string => form.input('city').value

  it.each<[string, (form: ShownPlaces) => Promise<void>]>([
    ['a choice with the keys', () => press('ArrowDown', 'Enter')],
    ['a choice with a click', (form) => userEvent.click(form.option('Тюмень'))],
  ])('%s brings the text back, without the codes', async (_, choose) => {
    const form = await showPlaces()
    form.input('city').focus()
    await typeKeys('тюм')
    await expect.poll(() => form.options()).toHaveLength(1)
    await choose(form)
    expect(form.values()).toMatchObject({ city: 'Тюмень', cityKladr: '7200000100000' })
    await press('Control+z')
    expect(input(form)).toBe('тюм')
    expect(form.values()).not.toHaveProperty('cityKladr')
    expect(form.values()).toMatchObject({ city: 'тюм' })
    await press('Control+Shift+z')
    expect(input(form)).toBe('Тюмень')
  })

  it('Escape brings the text back too', async () => {
    const form = await showPlaces()
    form.input('city').focus()
    await typeKeys('тюм')
    await press('Escape', 'Escape')
    expect(input(form)).toBe('')
    await press('Control+z')
    expect(input(form)).toBe('тюм')
    expect(form.values()).toEqual({ city: 'тюм' })
  })
})

it('an option can be chosen while an input method composes', async () => {
  const form = await showPlaces()
  form.input('city').focus()
  await cdp().send('Input.imeSetComposition', { text: 'тюм', selectionStart: 3, selectionEnd: 3 })
  await expect.poll(() => form.options()).toHaveLength(1)
  await userEvent.click(form.option('Тюмень'))
  await settle()
  expect(form.input('city').value).toBe('Тюмень')
  expect(form.values()).toMatchObject({ city: 'Тюмень', cityKladr: '7200000100000' })
  await press('Control+a')
  await compose('Киров')
  await expect.poll(() => form.options()[0]).toMatch(/^Киров/)
})

describe('a place in Latin letters that the browser fills in', () => {
  async function fill(form: ShownPlaces, texts: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(texts)) {
      const input = form.input(name)
      input.value = text
      input.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
      input.dispatchEvent(new Event('change', { bubbles: true }))
    }
    await settle()
  }

  it.each([
    ['Tyumen', 'Тюмень', '7200000100000'],
    ['Moscow', 'Москва', '7700000000000'],
    ['Moskva', 'Москва', '7700000000000'],
    ['Saint Petersburg', 'Санкт-Петербург', '7800000000000'],
    ['St. Petersburg', 'Санкт-Петербург', '7800000000000'],
  ])('%s is %s, with its code', async (text, city, cityKladr) => {
    const form = await showPlaces()
    await fill(form, { city: text })
    expect(form.values()).toMatchObject({ city, cityKladr })
    expect(form.message('city')).toBeUndefined()
    expect(form.options()).toEqual([])
  })

  it.each(['Kirov', 'Tymen', 'Springfield'])('%s is not certain: a remark asks for it', async (text) => {
    const form = await showPlaces()
    await fill(form, { city: text })
    expect(form.values()).toEqual({ city: text })
    await expect.poll(() => form.message('city')).toEqual({ text: ru.places.inRussian, blocks: false })
    form.input('city').focus()
    await press('Control+a')
    await typeKeys('к')
    expect(form.message('city')).toBeUndefined()
  })

  it('is remarked upon when a person leaves the field, too', async () => {
    const form = await showPlaces()
    form.input('city').focus()
    await typeKeys('Kirov')
    await press('Tab')
    await expect.poll(() => form.message('city')).toEqual({ text: ru.places.inRussian, blocks: false })
    await form.click()
    expect(form.model.index.value).toBe(1)
  })

  it('is distinguished from its namesake by the region', async () => {
    const form = await showPlaces(somePlaces)
    await fill(form, { region: 'Kaluzhskaya oblast', city: 'Kirov' })
    expect(form.values()).toMatchObject({ region: 'Калужская область', cityKladr: '4001100100000' })
  })
})
