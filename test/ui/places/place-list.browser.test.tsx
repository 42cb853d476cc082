import { act } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { ru } from '../../../src/i18n/ru/ru.ts'
import { searchRegions } from '../../../src/places/place-search.ts'
import { federalSubjects } from '../../../src/places/federal-subjects.ts'
import { press, typeKeys } from '../support/keys.ts'
import { type ShownPlaces, showPlaces } from '../support/show-places.ts'

const tyumen = {
  region: 'Тюменская область',
  regionId: 'kladr:7200000000000',
  city: 'Тюмень',
  cityKladr: '7200000100000',
  cityId: 'kladr:7200000100000',
}
const kirovs = ['Киров Кировская область', 'Киров Калужская область', 'Кировск Мурманская область']

const isOpen = (form: ShownPlaces, name = 'city'): boolean =>
  form.input(name).getAttribute('aria-expanded') === 'true'

async function typeInto(form: ShownPlaces, name: string, text: string): Promise<void> {
  form.input(name).focus()
  await press('Control+a')
  await typeKeys(text)
  await expect.poll(() => form.announcement()).not.toBe('')
}

describe('the list of a city', () => {
  it('describes itself, and opens with typing', async () => {
    const form = await showPlaces()
    const input = form.input('city')
    expect(input.getAttribute('role')).toBe('combobox')
    expect(input.getAttribute('aria-autocomplete')).toBe('list')
    expect(isOpen(form)).toBe(false)
    await typeInto(form, 'city', 'киров')
    expect(isOpen(form)).toBe(true)
    expect(form.options()).toEqual(kirovs)
    expect(form.announcement()).toBe('Найдено 3 варианта')
    const list = form.root.getElementById(input.getAttribute('aria-controls') ?? '')
    expect(list?.getAttribute('role')).toBe('listbox')
    expect(list?.getAttribute('aria-label')).toBe(ru.address.City.label)
    expect(form.active('city')).toBeUndefined()
    expect(input).toHaveDeepFocus()
  })

  it.each([
    ['тюм', 'Тюмень'],
    ['n.vtym', 'Тюмень'],
    ['tyumen', 'Тюмень'],
    ['тюмнь', 'Тюмень'],
    ['питер', 'Санкт-Петербург'],
    ['киров калужская', 'Киров Калужская'],
  ])('finds for %s: %s', async (text, found) => {
    const form = await showPlaces()
    await typeInto(form, 'city', text)
    expect(form.options()[0]).toMatch(new RegExp(`^${found}`))
  })

  it('fills in the region too, with the codes of both', async () => {
    const form = await showPlaces()
    await typeInto(form, 'city', 'тюм')
    await press('ArrowDown', 'Enter')
    expect(form.input('city').value).toBe('Тюмень')
    expect(form.input('region').value).toBe('Тюменская область')
    expect(form.values()).toEqual(tyumen)
    expect(isOpen(form)).toBe(false)
    expect(form.model.index.value).toBe(0)
  })

  it('distinguishes namesakes by their regions, and a village by its type', async () => {
    const form = await showPlaces()
    await typeInto(form, 'city', 'киров')
    const regions = form.all(HTMLElement, '.anketa-option-region')
    expect(regions.map((region) => region.matches('.anketa-muted'))).toEqual([false, false, true])
    await typeInto(form, 'city', 'боров')
    expect(form.options()).toEqual(['Боровский пгт, Тюменская область'])
  })

  it('searches again while the person types, and accepts a text that it does not know', async () => {
    const form = await showPlaces()
    await typeInto(form, 'city', 'тюм')
    await press('ArrowDown')
    expect(form.active('city')).toMatch(/^Тюмень/)
    await typeKeys('щщщ')
    await expect.poll(() => form.announcement()).toBe(ru.places.none)
    expect(form.active('city')).toBeUndefined()
    expect(isOpen(form)).toBe(false)
    expect(form.one(HTMLElement, '.anketa-none').textContent).toBe(ru.places.none)
    await press('Tab')
    expect(form.values()).toEqual({ city: 'тюмщщщ' })
    expect(form.all(HTMLElement, '.anketa-none')).toEqual([])
    await form.click()
    expect(form.model.index.value).toBe(1)
  })

  it('closes the hint that nothing was found with a click', async () => {
    const form = await showPlaces()
    await typeInto(form, 'city', 'щщщ')
    await expect.poll(() => form.announcement()).toBe(ru.places.none)
    await userEvent.click(form.one(HTMLElement, '.anketa-none'))
    expect(form.all(HTMLElement, '.anketa-none')).toEqual([])
    expect(form.input('city')).toHaveDeepFocus()
    expect(form.values()).toEqual({ city: 'щщщ' })
  })

  it('clears the codes when the person types over the choice, and keeps the region', async () => {
    const form = await showPlaces()
    await typeInto(form, 'city', 'тюм')
    await press('ArrowDown', 'Enter', 'End')
    await typeKeys('2')
    const { region, regionId } = tyumen
    expect(form.values()).toEqual({ region, regionId, city: 'Тюмень2' })
  })

  it('shows the other places too when it is opened after a choice', async () => {
    const form = await showPlaces()
    form.model.setValues(tyumen)
    await userEvent.click(form.input('city'))
    await expect.poll(() => form.options().length).toBe(3)
    expect(form.options()).toEqual(['Тюмень', 'Тобольск', 'Боровский пгт'])
  })
})

describe('a key', () => {
  it('down or up opens the list at its first or last option, and wraps around', async () => {
    const form = await showPlaces()
    form.input('city').focus()
    await press('ArrowDown')
    await expect.poll(() => form.active('city')).toBe('Москва')
    await press('ArrowUp')
    expect(form.active('city')).toMatch(/^Боровский/)
    await press('ArrowDown')
    expect(form.active('city')).toBe('Москва')
    await press('Escape', 'ArrowUp')
    await expect.poll(() => form.active('city')).toMatch(/^Боровский/)
    expect(form.all(HTMLElement, '[aria-selected=true]')).toHaveLength(1)
  })

  it('with Alt opens and closes the list without selecting an option', async () => {
    const form = await showPlaces()
    form.input('city').focus()
    await press('Alt+ArrowDown')
    await expect.poll(() => isOpen(form)).toBe(true)
    expect(form.active('city')).toBeUndefined()
    await press('Alt+ArrowUp')
    expect(isOpen(form)).toBe(false)
  })

  it.each([
    ['Home', 0],
    ['End', 5],
    ['ArrowLeft', 4],
  ])('%s returns to the text and moves the caret', async (key, caret) => {
    const form = await showPlaces()
    await typeInto(form, 'city', 'киров')
    await press('ArrowDown', key)
    expect(form.active('city')).toBeUndefined()
    expect(isOpen(form)).toBe(true)
    expect(form.input('city').selectionStart).toBe(caret)
  })

  it('Escape closes the list, or clears the text if it is closed', async () => {
    const form = await showPlaces()
    const keys: string[] = []
    const record = ({ key }: KeyboardEvent): number => keys.push(key)
    document.addEventListener('keydown', record)
    await typeInto(form, 'city', 'киров')
    await press('Escape')
    expect(isOpen(form)).toBe(false)
    expect(form.input('city').value).toBe('киров')
    await press('Escape')
    expect(form.input('city').value).toBe('')
    expect(form.values()).toEqual({})
    expect(keys).not.toContain('Escape')
    // An empty field ignores it, but a dialog of the page may need it.
    await press('Escape')
    document.removeEventListener('keydown', record)
    expect(keys).toContain('Escape')
  })

  it('Tab keeps the typed text, unless an option is selected', async () => {
    const form = await showPlaces()
    await typeInto(form, 'city', 'киров')
    await press('Tab')
    expect(isOpen(form)).toBe(false)
    expect(form.input('city')).not.toHaveDeepFocus()
    expect(form.values()).toEqual({ city: 'киров' })

    await typeInto(form, 'city', 'киров')
    await press('ArrowDown', 'ArrowDown', 'Tab')
    expect(form.input('city')).not.toHaveDeepFocus()
    expect(form.values()).toMatchObject({ city: 'Киров', region: 'Калужская область' })
  })

  it('Enter on an option does not submit; in the text it does', async () => {
    const form = await showPlaces()
    await typeInto(form, 'city', 'киров')
    await press('ArrowDown', 'Enter')
    expect(form.model.index.value).toBe(0)
    expect(form.values()).toMatchObject({ city: 'Киров', region: 'Кировская область' })

    await typeInto(form, 'city', 'киров')
    await press('Enter')
    expect(form.model.index.value).toBe(1)
  })
})

describe('a click', () => {
  it('on the field opens the whole list, on an option chooses it, and the focus stays', async () => {
    const form = await showPlaces()
    await userEvent.click(form.input('city'))
    await expect.poll(() => form.options().length).toBe(8)
    await userEvent.click(form.option('Тюмень'))
    expect(form.values()).toEqual(tyumen)
    expect(form.input('city')).toHaveDeepFocus()
    expect(isOpen(form)).toBe(false)
  })

  it.each([
    ['elsewhere in the form', (form: ShownPlaces) => form.one(HTMLElement, '[part=title]')],
    ['elsewhere on the page', () => document.body],
  ])('%s closes the list', async (_, place) => {
    const form = await showPlaces()
    await typeInto(form, 'city', 'киров')
    await act(() => {
      place(form).dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }))
    })
    expect(isOpen(form)).toBe(false)
    expect(form.input('city').value).toBe('киров')
  })
})

describe('the focus', () => {
  it('may move to the options, as VoiceOver does: the list stays, and an option can be chosen', async () => {
    const form = await showPlaces()
    await typeInto(form, 'city', 'тюм')
    form.input('city').blur()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(isOpen(form)).toBe(true)
    await act(() => form.option('Тюмень').click())
    expect(form.values()).toEqual(tyumen)
    expect(form.input('city')).toHaveDeepFocus()
  })

  it('in another field closes the list', async () => {
    const form = await showPlaces()
    await typeInto(form, 'city', 'киров')
    await act(() => form.input('region').focus())
    expect(isOpen(form)).toBe(false)
  })
})

describe('the region', () => {
  it('narrows the cities', async () => {
    const form = await showPlaces()
    await typeInto(form, 'region', 'калуж')
    await press('ArrowDown', 'Enter')
    expect(form.values()).toEqual({ region: 'Калужская область', regionId: 'kladr:4000000000000' })
    await typeInto(form, 'city', 'киров')
    expect(form.options()).toEqual(['Киров'])
    await press('ArrowDown', 'Enter')
    expect(form.values()).toMatchObject({ cityKladr: '4001100100000' })
  })

  it('narrows them too if it is typed', async () => {
    const form = await showPlaces()
    await typeInto(form, 'region', 'тюменская обл.')
    await typeInto(form, 'city', 'т')
    expect(form.options()).toEqual(['Тюмень', 'Тобольск'])
  })

  it('does not hide a city of another one', async () => {
    const form = await showPlaces()
    await typeInto(form, 'region', 'калуж')
    await press('ArrowDown', 'Enter')
    await typeInto(form, 'city', 'тюмень')
    expect(form.options()).toEqual(['Тюмень Тюменская область'])
    await press('ArrowDown', 'Enter')
    expect(form.values()).toEqual(tyumen)
  })

  it('that changes clears the codes of the city', async () => {
    const form = await showPlaces()
    form.model.setValues(tyumen)
    await userEvent.click(form.input('region'))
    await expect.poll(() => isOpen(form, 'region')).toBe(true)
    await press('Escape')
    await typeInto(form, 'region', 'калуж')
    await press('ArrowDown', 'Enter')
    expect(form.values()).toEqual({
      region: 'Калужская область',
      regionId: 'kladr:4000000000000',
      city: 'Тюмень',
    })
  })

  it('that is chosen again keeps the codes of its city', async () => {
    const form = await showPlaces()
    form.model.setValues(tyumen)
    await userEvent.click(form.input('region'))
    await expect.poll(() => isOpen(form, 'region')).toBe(true)
    const list = form.one(HTMLElement, '[data-field=region] [role=listbox]')
    const row = searchRegions(federalSubjects, '').findIndex(({ name }) => name === 'Тюменская область')
    list.scrollTop = (list.scrollHeight * row) / federalSubjects.length
    await expect.poll(() => form.options().some((text) => text === 'Тюменская область')).toBe(true)
    await userEvent.click(form.option('Тюменская область'))
    expect(form.values()).toEqual(tyumen)
  })
})

describe('a full name that was typed', () => {
  it('is the place itself, if there is only one', async () => {
    const form = await showPlaces()
    await typeInto(form, 'city', 'тюмень')
    await press('Tab')
    await expect.poll(() => form.values()).toEqual(tyumen)
    expect(form.input('city')).not.toHaveDeepFocus()
  })

  it('is no place if there are namesakes, or if its region is unknown', async () => {
    const form = await showPlaces()
    await typeInto(form, 'city', 'киров')
    await press('Tab')
    await typeInto(form, 'region', 'Вымышленный край')
    await typeInto(form, 'city', 'тюмень')
    await press('Tab')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(form.values()).toEqual({ region: 'Вымышленный край', city: 'тюмень' })
  })

  it('is distinguished from its namesake by the region', async () => {
    const form = await showPlaces()
    await typeInto(form, 'region', 'калужская обл')
    await press('Tab')
    await typeInto(form, 'city', 'киров')
    await press('Tab')
    await expect.poll(() => form.values()).toMatchObject({ cityKladr: '4001100100000', city: 'Киров' })
  })

  it('is looked up when the browser fills it in, and opens no list', async () => {
    const form = await showPlaces()
    const input = form.input('city')
    input.value = 'Тюмень'
    input.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
    input.dispatchEvent(new Event('change', { bubbles: true }))
    await expect.poll(() => form.values()).toEqual(tyumen)
    expect(isOpen(form)).toBe(false)
  })
})

it('a place of an address gets the codes of that address', async () => {
  const form = await showPlaces(undefined, { name: 'registration' })
  await typeInto(form, 'registrationCity', 'тюм')
  await press('ArrowDown', 'Enter')
  expect(form.values()).toEqual({
    registrationRegion: 'Тюменская область',
    registrationRegionKladr: '7200000000000',
    registrationCity: 'Тюмень',
    registrationCityKladr: '7200000100000',
  })
  await typeInto(form, 'registrationRegion', 'калуж')
  await press('Tab')
  expect(form.values()).toEqual({ registrationRegion: 'калуж', registrationCity: 'Тюмень' })
})

it('a list with ids of an unknown format does not block the person', async () => {
  const city = { id: '536', name: 'Примерск', type: 'г', regionId: 'край/1', region: 'Вымышленный край' }
  const form = await showPlaces({
    regions: async () => [],
    cities: async () => ({ cities: [{ ...city, kladr: 'нет' }], complete: true }),
  })
  await typeInto(form, 'city', 'прим')
  await press('ArrowDown', 'Enter')
  expect(form.values()).toEqual({ region: 'Вымышленный край', city: 'Примерск' })
  await form.click()
  expect(form.model.index.value).toBe(1)
})

it('a place that a program sets is shown without a list', async () => {
  const form = await showPlaces()
  await act(() => void form.model.setValues(tyumen))
  expect(form.input('city').value).toBe('Тюмень')
  expect(form.input('region').value).toBe('Тюменская область')
  expect(isOpen(form)).toBe(false)
  // A name alone is another place without codes.
  await act(() => void form.model.setValues({ city: 'Киров' }))
  const { region, regionId } = tyumen
  expect(form.values()).toEqual({ region, regionId, city: 'Киров' })
})
