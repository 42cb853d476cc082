import { act, fireEvent } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { FieldDefinition } from '../../src/form/definition.ts'
import { define } from '../form/define.ts'
import { press, typeKeys } from './support/keys.ts'
import { type ShownForm, showFields, showForm } from './support/show-form.ts'

const isShown = (form: ShownForm, name: string): boolean =>
  form.all(HTMLElement, `[data-field="${name}"]`).length > 0

async function fill(form: ShownForm, name: string, text: string): Promise<void> {
  form.input(name).focus()
  await press('Control+a')
  await typeKeys(text)
  await press('Tab')
}

const choose = (form: ShownForm, name: string, value: string): Promise<void> =>
  act(() => {
    fireEvent.change(form.one(HTMLSelectElement, `[data-field="${name}"] select`), { target: { value } })
  })

const tick = (form: ShownForm, name: string, value?: string): Promise<void> =>
  act(() => {
    const exact = value === undefined ? '' : `[value="${value}"]`
    form.one(HTMLInputElement, `[data-field="${name}"] input${exact}`).click()
  })

const ticked = (form: ShownForm, name: string): readonly string[] =>
  form.all(HTMLInputElement, `[data-field="${name}"] input:checked`).map(({ value }) => value)

describe('a field with a condition', () => {
  const work: FieldDefinition[] = [
    { name: 'employment' },
    { name: 'jobPlace', when: { field: 'employment', oneOf: [1, 2] } },
    { name: 'jobPhone', when: { field: 'jobPlace', filled: true } },
  ]

  it('is neither reviewed nor sent while it is hidden, and keeps its text', async () => {
    const form = showForm(define(work, []))
    expect(isShown(form, 'jobPlace')).toBe(false)
    await choose(form, 'employment', '1')
    await fill(form, 'jobPlace', 'ООО Вымысел')
    await fill(form, 'jobPhone', '495')
    expect(form.model.values.value).toEqual({ employment: 1, jobPlace: 'ООО Вымысел' })

    await choose(form, 'employment', '6')
    expect(isShown(form, 'jobPlace')).toBe(false)
    // A hidden field has no value, so fields that depend on it are hidden too.
    expect(isShown(form, 'jobPhone')).toBe(false)
    expect(form.model.values.value).toEqual({ employment: 6 })
    await form.click()
    expect(form.model.index.value).toBe(1)

    await form.click('back')
    await choose(form, 'employment', '2')
    expect(form.input('jobPlace').value).toBe('ООО Вымысел')
    expect(form.input('jobPhone').value).toBe('+7 495')
    expect(form.model.values.value).toEqual({ employment: 2, jobPlace: 'ООО Вымысел' })
    await form.click()
    expect(form.model.index.value).toBe(0)
    expect(form.input('jobPhone')).toHaveDeepFocus()
  })

  it('appears while the person types, and the input keeps the focus and the caret', async () => {
    const form = showForm(
      define([{ name: 'amount' }, { name: 'purpose', when: { field: 'amount', atLeast: 1000 } }], []),
    )
    const input = form.input('amount')
    input.focus()
    await typeKeys('99')
    await press('Home')
    await typeKeys('10')
    expect(isShown(form, 'purpose')).toBe(true)
    expect(form.input('amount')).toBe(input)
    expect(input).toHaveDeepFocus()
    expect([input.value, input.selectionStart]).toEqual(['1\u00a0099', 3])
    await press('Backspace')
    expect(isShown(form, 'purpose')).toBe(false)
  })
})

describe('the box “no patronymic”', () => {
  it('hides the patronymic and shows it again', async () => {
    const form = showFields('lastName', 'middleName')
    await fill(form, 'lastName', 'Цой')
    await fill(form, 'middleName', 'Иванович')
    await tick(form, 'noMiddleName')
    expect(isShown(form, 'middleName')).toBe(false)
    expect(form.model.values.value).toEqual({ lastName: 'Цой', noMiddleName: true })
    await tick(form, 'noMiddleName')
    expect(form.input('middleName').value).toBe('Иванович')
    await tick(form, 'noMiddleName')
    await form.click()
    expect(form.model.index.value).toBe(1)
  })

  it('may stay unticked only with a patronymic', async () => {
    const form = showFields('middleName')
    await form.click()
    expect(form.input('middleName')).toHaveDeepFocus()
    expect(form.message('middleName')?.blocks).toBe(true)
  })
})

describe('the box “the same as the registration”', () => {
  it('hides the residence, which then is neither reviewed nor sent, and shows it again', async () => {
    const form = showForm(define([{ name: 'registration' }], [{ name: 'residence' }], []))
    form.model.setValues({
      registrationRegion: 'Тюменская область',
      registrationCity: 'Тюмень',
      registrationStreet: 'Вымышленная',
      registrationHouse: '1',
    })
    await form.click()
    await fill(form, 'residenceCity', 'Москва')
    await form.click()
    expect(form.model.index.value).toBe(1)
    await tick(form, 'residenceSame')
    expect(isShown(form, 'residenceCity')).toBe(false)
    expect(form.model.values.value).not.toHaveProperty('residenceCity')
    expect(form.model.values.value).toMatchObject({ residenceSame: true, registrationCity: 'Тюмень' })
    await tick(form, 'residenceSame')
    expect(form.input('residenceCity').value).toBe('Москва')
    await tick(form, 'residenceSame')
    await form.click()
    expect(form.model.index.value).toBe(2)
  })
})

describe('the gender', () => {
  it.each([
    ['Ивановна', 'female'],
    ['Петрович', 'male'],
    ['Ильинична', 'female'],
    ['Рза оглы', 'male'],
  ])('is guessed from the patronymic %s: %s', async (patronymic, guess) => {
    const form = showFields('middleName', 'gender')
    await fill(form, 'middleName', patronymic)
    expect(ticked(form, 'gender')).toEqual([guess])
    expect(form.model.values.value).toMatchObject({ gender: guess })
  })

  it('is not guessed from an ambiguous patronymic', async () => {
    const form = showFields('middleName', 'gender')
    await fill(form, 'middleName', 'Сан')
    expect(ticked(form, 'gender')).toEqual([])
  })

  it('is guessed again when the patronymic is corrected', async () => {
    const form = showFields('middleName', 'gender')
    await fill(form, 'middleName', 'Ивановна')
    await fill(form, 'middleName', 'Иванович')
    expect(ticked(form, 'gender')).toEqual(['male'])
  })

  it('stays once the person has chosen it', async () => {
    const form = showFields('middleName', 'gender')
    await fill(form, 'middleName', 'Ивановна')
    await tick(form, 'gender', 'male')
    await fill(form, 'middleName', 'Петровна')
    expect(ticked(form, 'gender')).toEqual(['male'])
    await tick(form, 'gender', 'female')
    await fill(form, 'middleName', 'Петрович')
    expect(ticked(form, 'gender')).toEqual(['female'])
  })

  it('that was missing is no error once it is guessed', async () => {
    const form = showFields('middleName', 'gender')
    await form.click()
    expect(form.message('gender')?.blocks).toBe(true)
    await fill(form, 'middleName', 'Ивановна')
    expect(form.message('gender')).toBeUndefined()
  })
})
