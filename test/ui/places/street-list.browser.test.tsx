import { act } from '@testing-library/preact'
import axe from 'axe-core'
import { describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { adoptStyles } from '../../../src/embed/appearance/styles.ts'
import { ru } from '../../../src/i18n/ru/ru.ts'
import type { PlaceDirectory } from '../../../src/places/place-directory.ts'
import { createPlaceFinder } from '../../../src/places/place-finder.ts'
import type {
  AddressQuery,
  AddressRow,
  StreetDirectory,
} from '../../../src/places/streets/street-directory.ts'
import { createStreetFinder } from '../../../src/places/streets/street-finder.ts'
import { addressText, foldHouseNumber, foldStreet } from '../../../src/places/streets/street-names.ts'
import css from '../../../src/themes/place-list.css?inline'
import { createPlaceList } from '../../../src/ui/places/place-list.tsx'
import { define } from '../../form/define.ts'
import { press, typeKeys } from '../support/keys.ts'
import { isOnTop } from '../support/is-on-top.ts'
import { showForm } from '../support/show-form.ts'
import { somePlaces } from '../support/show-places.ts'

const tyumen = {
  registrationRegion: 'Тюменская область',
  registrationCity: 'Тюмень',
  registrationCityKladr: '7200000100000',
}
const tobolsk = {
  registrationRegion: 'Тюменская область',
  registrationCity: 'Тобольск',
  registrationCityKladr: '7200000200000',
}

const lenina = { kladr: '72000001000001100', name: 'Ленина', type: 'ул', index: '625003' }
const lenskaya = { kladr: '72000001000001200', name: 'Ленская', type: 'ул' }
const mira = { kladr: '72000001000001300', name: 'Мира', type: 'пр-кт' }
const sad = { kladr: '72000001000001400', name: 'Садовая', type: 'ул', index: '625001' }
const otherSad = { ...sad, kladr: '72000001000001500', index: '625002' }
const house12 = { kladr: '7200000100000110012', name: '12' }
const house12k2 = { kladr: '7200000100000110013', name: '12к2', index: '625004' }
const arbat = { kladr: '77000000000000700', name: 'Арбат', type: 'ул' }
const arbat1 = { kladr: '7700000000000070001', name: '1' }
const tooLong = { kladr: '7200000100000110014', name: '12владение3стр4' }

const rows: Readonly<Record<string, readonly AddressRow[]>> = {
  '7200000100000': [lenina, lenskaya, mira, sad, otherSad],
  '7200000200000': [{ kladr: '72000002000000900', name: 'Ленина', type: 'ул' }],
  '7700000000000': [arbat],
  [arbat.kladr]: [arbat1],
  [lenina.kladr]: [house12, house12k2, tooLong],
  '72000002000000900': [{ kladr: '7200000200000090001', name: '12' }],
}

const findRows: StreetDirectory = async ({ list, within, text }) => ({
  rows: (rows[within] ?? []).filter((row) =>
    list === 'houses'
      ? foldHouseNumber(row.name).startsWith(foldHouseNumber(text))
      : foldStreet(text)
          .split(' ')
          .every((word) => foldStreet(addressText(row)).includes(word)),
  ),
  complete: false,
})

/** Shows a form that asks for an address in Тюмень. */
function show({
  find = findRows,
  values = tyumen,
  isServed = true,
  places = somePlaces,
  address = 'registration',
}: {
  readonly find?: StreetDirectory
  readonly values?: Readonly<Record<string, string>>
  readonly isServed?: boolean
  readonly places?: PlaceDirectory
  readonly address?: 'registration' | 'residence' | 'jobLocation'
} = {}) {
  const asked: AddressQuery[] = []
  const finder = createStreetFinder((query, signal) => {
    asked.push(query)
    return find(query, signal)
  }, 0)
  const List = createPlaceList(createPlaceFinder(places, 0), undefined, finder)
  const definition = define([{ name: address }], [])
  const form = showForm(isServed ? { ...definition, streets: true } : definition, {
    loadPlaceList: async () => List,
  })
  const target = { root: form.root, host: document.body, inPage: false }
  adoptStyles(target)
  adoptStyles(target, css)
  form.model.setValues(values)
  return {
    ...form,
    asked,
    options: () => form.all(HTMLElement, '[role=option]').map(({ textContent }) => textContent?.trim()),
    offers: () => form.all(HTMLElement, '[data-action=offer]').map(({ textContent }) => textContent),
    text: (name: string) => form.model.fields[name]?.text.value,
    codes: () =>
      Object.fromEntries(
        Object.entries(form.model.values.value).filter(([name]) =>
          /(?:Street|House|Housing)Kladr$/.test(name),
        ),
      ),
  }
}

type Shown = ReturnType<typeof show>

/** Waits until a field has a list. */
async function hasList(form: Shown, name: string): Promise<void> {
  await expect.poll(() => form.input(name).role).toBe('combobox')
}

async function enter(form: Shown, name: string, text: string): Promise<void> {
  form.input(name).focus()
  await press('Control+a')
  await typeKeys(text)
}

/** Chooses the first street, or the first house, that a text finds. */
async function choose(form: Shown, name: string, text: string): Promise<void> {
  await hasList(form, name)
  await enter(form, name, text)
  await expect.poll(() => form.options().length).toBeGreaterThan(0)
  await press('ArrowDown', 'Enter')
}

describe('the streets of a city', () => {
  it('are found while typing, announced, and chosen with keys', async () => {
    const form = show()
    await hasList(form, 'registrationStreet')
    await enter(form, 'registrationStreet', 'лен')
    await expect.poll(() => form.options()).toEqual(['ул. Ленина', 'ул. Ленская'])
    expect(form.asked.at(-1)).toEqual({ list: 'streets', within: '7200000100000', text: 'лен' })
    await expect.poll(() => form.announcement()).toBe('Найдено 2 варианта')
    const input = form.input('registrationStreet')
    expect(input.getAttribute('aria-expanded')).toBe('true')
    expect(input.autocomplete).toBe('section-registration address-line1')
    await press('ArrowDown')
    expect(
      form.root.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.textContent,
    ).toContain('ул. Ленина')
    const { violations } = await axe.run(form.root.host)
    expect(violations.map(({ id }) => id)).toEqual([])
    await press('Enter')
    expect(input.value).toBe('ул. Ленина')
    expect(form.codes()).toEqual({ registrationStreetKladr: lenina.kladr })
    expect([form.options(), input.getAttribute('aria-expanded')]).toEqual([[], 'false'])
    await press('Control+z')
    expect(input.value).toBe('лен')
    expect(form.codes()).toEqual({})
  })

  it('lie over the fields that follow', async () => {
    const form = show()
    await choose(form, 'registrationStreet', 'ленина')
    for (const name of ['registrationStreet', 'registrationHouse']) {
      await hasList(form, name)
      await enter(form, name, name === 'registrationStreet' ? 'лен' : '1')
      await expect.poll(() => form.options().length).toBe(2)
      for (const option of form.all(HTMLElement, '[role=option]'))
        expect(isOnTop(form.root, option)).toBe(true)
      await press('Escape')
      await choose(form, 'registrationStreet', 'ленина')
    }
  })

  it('can be chosen with a click', async () => {
    const form = show()
    await hasList(form, 'registrationStreet')
    await enter(form, 'registrationStreet', 'мир')
    await expect.poll(() => form.options()).toEqual(['пр-кт Мира'])
    const [option] = form.all(HTMLElement, '[role=option]')
    if (!option) throw new TypeError('an option: expected to be shown')
    await userEvent.click(option)
    expect(form.input('registrationStreet').value).toBe('пр-кт Мира')
    expect(form.codes()).toEqual({ registrationStreetKladr: mira.kladr })
  })

  it('of one name differ by their indexes, and neither is taken for what is typed', async () => {
    const form = show()
    await hasList(form, 'registrationStreet')
    await enter(form, 'registrationStreet', 'Садовая')
    await expect.poll(() => form.options()).toEqual(['ул. Садовая 625001', 'ул. Садовая 625002'])
    await press('Escape', 'Tab')
    await expect.poll(() => form.options()).toEqual([])
    expect(form.codes()).toEqual({})
  })

  it.each(['Ленина', 'ленина', 'улица Ленина', 'Ленина ул.'])(
    'are taken as typed in full: %s',
    async (text) => {
      const form = show()
      await hasList(form, 'registrationStreet')
      await enter(form, 'registrationStreet', text)
      await press('Tab')
      await expect.poll(() => form.codes()).toEqual({ registrationStreetKladr: lenina.kladr })
      expect(form.input('registrationStreet').value).toBe(text)
    },
  )

  it.each(['пер. Ленина', 'Лен', 'Новая', '12'])('that are not known stay as typed: %s', async (text) => {
    const form = show()
    await hasList(form, 'registrationStreet')
    await enter(form, 'registrationStreet', text)
    await press('Tab')
    await expect.poll(() => form.asked.at(-1)?.text).toBe(text)
    expect(form.codes()).toEqual({})
    expect(form.model.values.value).toMatchObject({ registrationStreet: text })
    expect(form.message('registrationStreet')).toBe(undefined)
  })

  it('get no hint that blocks a new street', async () => {
    const form = show()
    await hasList(form, 'registrationStreet')
    await enter(form, 'registrationStreet', 'Новейшая')
    await expect.poll(() => form.announcement()).toBe(ru.places.none)
    await press('Enter')
    expect(form.input('registrationStreet').value).toBe('Новейшая')
  })

  it('are those of a federal city that was only typed', async () => {
    const form = show({ values: { registrationCity: 'Москва' } })
    await choose(form, 'registrationStreet', 'арб')
    expect(form.codes()).toEqual({ registrationStreetKladr: '77000000000000700' })
  })

  it('are found for a street that autofill entered before the city had a code', async () => {
    const form = show({ values: { registrationRegion: 'Тюменская область', registrationStreet: 'Ленина' } })
    expect(form.input('registrationStreet').role).not.toBe('combobox')
    await enter(form, 'registrationCity', 'Тюмень')
    await press('Tab')
    await expect.poll(() => form.codes()).toEqual({ registrationStreetKladr: lenina.kladr })
  })

  it('are found for what a page has set, in a form that nobody has begun', async () => {
    const form = show({
      values: {
        ...tyumen,
        registrationStreet: 'Ленина',
        registrationHouse: '12к2',
        registrationHousing: '2',
      },
    })
    await expect
      .poll(() => form.codes())
      .toEqual({
        registrationStreetKladr: lenina.kladr,
        registrationHouseKladr: house12k2.kladr,
        registrationHousingKladr: house12k2.kladr,
      })
    expect(form.model.touched.value).toBe(false)
    expect(form.events).toEqual([])
    await enter(form, 'registrationApartment', '5')
    expect(form.events).toEqual([{ type: 'start' }])
  })

  it('are found for what a browser fills in', async () => {
    const form = show()
    await hasList(form, 'registrationStreet')
    const input = form.input('registrationStreet')
    await act(() => {
      input.value = 'ул. Ленина'
      input.dispatchEvent(new Event('input', { bubbles: true }))
      input.dispatchEvent(new Event('change', { bubbles: true }))
    })
    await expect.poll(() => form.codes()).toEqual({ registrationStreetKladr: lenina.kladr })
    expect(form.options()).toEqual([])
  })
})

describe('the houses of a street', () => {
  it('are offered once the street has a code, without those that the field would refuse', async () => {
    const form = show()
    expect(form.input('registrationHouse').role).not.toBe('combobox')
    await choose(form, 'registrationStreet', 'ленина')
    await hasList(form, 'registrationHouse')
    await enter(form, 'registrationHouse', '12')
    await expect.poll(() => form.options()).toEqual(['12', '12к2'])
    expect(form.asked.at(-1)).toEqual({ list: 'houses', within: lenina.kladr, text: '12' })
    await press('ArrowDown', 'ArrowDown', 'Enter')
    expect(form.input('registrationHouse').value).toBe('12к2')
    expect(form.codes()).toEqual({
      registrationStreetKladr: lenina.kladr,
      registrationHouseKladr: house12k2.kladr,
    })
  })

  it('are taken as typed, and any other number stays', async () => {
    const form = show()
    await choose(form, 'registrationStreet', 'ленина')
    await hasList(form, 'registrationHouse')
    await enter(form, 'registrationHouse', '12 корп. 2')
    await press('Tab')
    await expect.poll(() => form.codes()).toMatchObject({ registrationHouseKladr: house12k2.kladr })
    expect(form.input('registrationHouse').value).toBe('12 корп. 2')
    await enter(form, 'registrationHouse', '99')
    await press('Tab')
    await expect.poll(() => form.asked.at(-1)?.text).toBe('99')
    expect(form.codes()).toEqual({ registrationStreetKladr: lenina.kladr })
    expect(form.model.values.value).toMatchObject({ registrationHouse: '99' })
  })

  it('have the code of a housing only where both fields say the same', async () => {
    const form = show()
    await choose(form, 'registrationStreet', 'ленина')
    await choose(form, 'registrationHouse', '12к')
    await enter(form, 'registrationHousing', '2')
    await expect.poll(() => form.codes()).toMatchObject({ registrationHousingKladr: house12k2.kladr })
    await typeKeys('1')
    await expect.poll(() => form.codes()).not.toHaveProperty('registrationHousingKladr')
    await press('Backspace')
    await expect.poll(() => form.codes()).toMatchObject({ registrationHousingKladr: house12k2.kladr })
    await choose(form, 'registrationHouse', '12')
    await expect
      .poll(() => form.codes())
      .toEqual({
        registrationStreetKladr: lenina.kladr,
        registrationHouseKladr: house12.kladr,
      })
  })

  it('of a place of work have no code', async () => {
    const { registrationRegion, registrationCity, registrationCityKladr } = tyumen
    const form = show({
      address: 'jobLocation',
      values: {
        jobRegion: registrationRegion,
        jobCity: registrationCity,
        jobCityKladr: registrationCityKladr,
      },
    })
    await choose(form, 'jobStreet', 'ленина')
    await choose(form, 'jobHouse', '12к')
    expect(form.input('jobHouse').value).toBe('12к2')
    expect(form.codes()).toEqual({ jobStreetKladr: lenina.kladr })
  })
})

describe('codes', () => {
  async function showChosen(): Promise<Shown> {
    const form = show()
    await choose(form, 'registrationStreet', 'ленина')
    await choose(form, 'registrationHouse', '12')
    expect(Object.keys(form.codes())).toEqual(['registrationStreetKladr', 'registrationHouseKladr'])
    return form
  }

  it('go with the text of the street', async () => {
    const form = await showChosen()
    await enter(form, 'registrationStreet', 'ул. Ленинаа')
    expect(form.codes()).toEqual({})
  })

  it('go with the text of the city or region', async () => {
    for (const name of ['registrationCity', 'registrationRegion']) {
      const form = await showChosen()
      await enter(form, name, 'Другое название')
      expect(form.codes()).toEqual({})
    }
  })

  it('of a house go with its text, and with another street', async () => {
    const form = await showChosen()
    await enter(form, 'registrationHouse', '13')
    expect(form.codes()).toEqual({ registrationStreetKladr: lenina.kladr })
    await choose(form, 'registrationHouse', '12')
    await choose(form, 'registrationStreet', 'мира')
    expect(form.codes()).toEqual({ registrationStreetKladr: mira.kladr })
  })

  it('are those of the new city where it has the same street', async () => {
    const form = await showChosen()
    await enter(form, 'registrationCity', 'Тобольск')
    await press('Tab')
    await expect
      .poll(() => form.codes())
      .toEqual({
        registrationStreetKladr: '72000002000000900',
        registrationHouseKladr: '7200000200000090001',
      })
  })

  it('go with a city of another code and the same name', async () => {
    const form = await showChosen()
    form.model.fill({ registrationCityKladr: '7200000300000' })
    expect(form.codes()).toEqual({})
  })

  it.each(['Москва', 'москва'])(
    'are kept by a late answer about the federal city that was typed as %s',
    async (city) => {
      const answers: (() => void)[] = []
      const form = show({
        values: {},
        places: {
          ...somePlaces,
          cities: (query) =>
            new Promise((resolve) =>
              answers.push(() => resolve(somePlaces.cities(query, new AbortController().signal))),
            ),
        },
      })
      await hasList(form, 'registrationCity')
      await enter(form, 'registrationCity', city)
      await press('Tab')
      await choose(form, 'registrationStreet', 'арб')
      await choose(form, 'registrationHouse', '1')
      const codes = {
        registrationStreetKladr: arbat.kladr,
        registrationHouseKladr: arbat1.kladr,
      }
      expect(form.codes()).toEqual(codes)
      expect(form.text('registrationCityKladr')).toBe('')
      for (const answer of answers) answer()
      await expect.poll(() => form.text('registrationCityKladr')).toBe('7700000000000')
      expect(form.codes()).toEqual(codes)
    },
  )

  it('are kept by a change of the flat', async () => {
    const form = await showChosen()
    await enter(form, 'registrationApartment', '5')
    expect(Object.keys(form.codes())).toHaveLength(2)
  })

  it('of a slow answer are dropped after another city was chosen', async () => {
    const answers: (() => void)[] = []
    const form = show({
      find: (query, signal) =>
        query.within === tyumen.registrationCityKladr
          ? new Promise((resolve) => answers.push(() => resolve({ rows: [lenina], complete: true })))
          : findRows(query, signal),
    })
    await hasList(form, 'registrationStreet')
    await enter(form, 'registrationStreet', 'Ленина')
    await press('Tab')
    await expect.poll(() => answers.length).toBeGreaterThan(0)
    form.model.setValues(tobolsk)
    await expect.poll(() => form.codes()).toEqual({ registrationStreetKladr: '72000002000000900' })
    for (const answer of answers) answer()
    await enter(form, 'registrationApartment', '5')
    expect(form.codes()).toEqual({ registrationStreetKladr: '72000002000000900' })
    expect(form.options()).toEqual([])
  })
})

describe('the postal index', () => {
  it('is offered where none is entered, and written with one press', async () => {
    const form = show()
    await choose(form, 'registrationStreet', 'ленина')
    expect(form.offers()).toEqual(['Подставить индекс 625003'])
    await choose(form, 'registrationHouse', '12к')
    await expect.poll(() => form.offers()).toEqual(['Подставить индекс 625004'])
    const { violations } = await axe.run(form.root.host)
    expect(violations.map(({ id }) => id)).toEqual([])
    await act(() => form.one(HTMLElement, '[data-action=offer]').click())
    expect(form.input('registrationIndex').value).toBe('625004')
    expect(form.offers()).toEqual([])
    expect(form.input('registrationHouse')).toHaveDeepFocus()
    await expect.poll(() => form.announcement()).toContain('625004')
  })

  it('is not offered over one that is entered, nor for another street', async () => {
    const form = show({ values: { ...tyumen, registrationIndex: '101000' } })
    await choose(form, 'registrationStreet', 'ленина')
    expect(form.offers()).toEqual([])
    form.model.setValues({ registrationStreet: 'Другая' })
    await enter(form, 'registrationIndex', '')
    await press('Backspace')
    expect(form.offers()).toEqual([])
  })
})

describe('without a directory', () => {
  it.each<[string, StreetDirectory]>([
    ['it has no directory of streets', async () => Promise.reject(new TypeError('streets: status 404'))],
    ['the relay does not answer', () => new Promise(() => undefined)],
    ['it knows no streets', async () => ({ rows: [], complete: true })],
  ])('the fields are as they were: %s', async (_, find) => {
    const form = show({ find })
    await hasList(form, 'registrationStreet')
    await enter(form, 'registrationStreet', 'Ленина')
    await expect.poll(() => form.asked.length).toBeGreaterThan(0)
    await press('Tab')
    await typeKeys('12')
    expect(form.model.values.value).toMatchObject({ registrationStreet: 'Ленина', registrationHouse: '12' })
    expect([form.codes(), form.options()]).toEqual([{}, []])
  })

  it('nothing is asked for where the relay has none, or the city has no code', async () => {
    for (const form of [show({ isServed: false }), show({ values: { registrationCity: 'Деревня' } })]) {
      await hasList(form, 'registrationCity')
      await enter(form, 'registrationStreet', 'Ленина')
      await press('Tab')
      expect(form.asked).toEqual([])
      expect(form.input('registrationStreet').role).not.toBe('combobox')
    }
  })
})
