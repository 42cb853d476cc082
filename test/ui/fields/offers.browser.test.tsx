import { act } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { callbackPreset } from '../../../src/form/presets/presets.ts'
import { defineSteps } from '../../form/define.ts'
import { showFields, showForm, type ShownForm } from '../support/show-form.ts'

const offers = (form: ShownForm): readonly HTMLElement[] => form.all(HTMLElement, '[data-action=offer]')

/** Enters a text and leaves the field. */
const enter = (form: ShownForm, name: 'lastName' | 'firstName' | 'middleName', text: string) =>
  act(() => {
    form.model.type(name, text)
    form.model.leave(name)
  })

describe('a word for "none" in the patronymic', () => {
  it.each(['нет', 'Без отчества', 'не имею', '-', 'Х', 'отсутсвует'])(
    '(%s) is no value, and one press ticks the box',
    async (text) => {
      const form = showFields('lastName', 'firstName', 'middleName')
      await enter(form, 'middleName', text)
      expect(form.message('middleName')?.blocks).toBe(true)
      expect(form.model.values.value).not.toHaveProperty('middleName')
      expect(offers(form).map(({ textContent }) => textContent)).toEqual(['Нет отчества'])
      await form.click('offer')
      expect(form.model.values.value).toEqual({ noMiddleName: true })
      expect(form.all(HTMLElement, '[data-field=middleName]')).toEqual([])
      expect(form.root.activeElement).toBe(form.input('noMiddleName'))
    },
  )

  it('leaves an empty field without an error when the box is unticked again', async () => {
    const form = showFields('middleName')
    await enter(form, 'middleName', 'нет')
    await form.click('offer')
    await act(() => form.model.choose('noMiddleName', ''))
    expect(form.input('middleName').value).toBe('')
    expect(form.message('middleName')).toBeUndefined()
  })
})

describe('a whole name in one field', () => {
  it.each<['lastName' | 'firstName' | 'middleName', string]>([
    ['lastName', 'Иванов Иван Иванович'],
    ['firstName', 'иван иванович иванов'],
    ['middleName', 'ИВАНОВ ИВАН ИВАНОВИЧ'],
  ])('(%s: %s) is refused, and one press splits it', async (name, text) => {
    const form = showFields('lastName', 'firstName', 'middleName', 'gender')
    await enter(form, name, text)
    expect(form.message(name)?.blocks).toBe(true)
    expect(offers(form).map(({ textContent }) => textContent)).toEqual(['Разделить: Иванов, Иван, Иванович'])
    await form.click('offer')
    expect(form.model.values.value).toEqual({
      lastName: 'Иванов',
      firstName: 'Иван',
      middleName: 'Иванович',
      gender: 'male',
    })
    expect(form.all(HTMLElement, '[part=error]')).toEqual([])
    expect(form.root.activeElement).toBe(form.input('middleName'))
  })

  it('is split by one press where it is a surname and a known name, but does not block', async () => {
    const form = showFields('lastName', 'firstName', 'middleName')
    await enter(form, 'lastName', 'Иванов Иван')
    expect(form.message('lastName')?.blocks).toBe(false)
    expect(form.model.values.value).toEqual({ lastName: 'Иванов Иван' })
    expect(offers(form).map(({ textContent }) => textContent)).toEqual(['Разделить: Иванов, Иван'])
    await form.click('offer')
    expect(form.model.values.value).toEqual({ lastName: 'Иванов', firstName: 'Иван' })
    expect(form.message('lastName')).toBeUndefined()
    expect(form.root.activeElement).toBe(form.input('firstName'))
  })

  it('is not split over another name', async () => {
    const form = showFields('lastName', 'firstName', 'middleName')
    await enter(form, 'firstName', 'Пётр')
    await enter(form, 'lastName', 'Иванов Иван')
    expect(form.message('lastName')?.blocks).toBe(false)
    expect(offers(form)).toEqual([])
  })

  it('has no remark where the second word is no known name', async () => {
    const form = showFields('lastName', 'firstName', 'middleName')
    await enter(form, 'lastName', 'Мамин Сибиряк')
    await enter(form, 'firstName', 'Анна Мария')
    expect(form.message('lastName')).toBeUndefined()
    expect(form.message('firstName')).toBeUndefined()
  })

  it('whose patronymic is in the field of the name is put right by one press', async () => {
    const form = showFields('lastName', 'firstName', 'middleName')
    await enter(form, 'firstName', 'николаевич')
    expect(form.message('firstName')?.blocks).toBe(false)
    expect(offers(form).map(({ textContent }) => textContent)).toEqual(['Отчество: Николаевич'])
    await form.click('offer')
    expect(form.model.values.value).toEqual({ middleName: 'Николаевич' })
    expect(form.input('firstName').value).toBe('')
    expect(form.root.activeElement).toBe(form.input('firstName'))
  })

  it('unticks the box of those who have no patronymic', async () => {
    const form = showFields('lastName', 'firstName', 'middleName')
    await act(() => form.model.choose('noMiddleName', 'да'))
    await enter(form, 'lastName', 'Иванова Анна Ивановна')
    await form.click('offer')
    expect(form.model.values.value).toEqual({
      lastName: 'Иванова',
      firstName: 'Анна',
      middleName: 'Ивановна',
    })
  })

  it('is not offered to be split where the form has no fields for the parts', async () => {
    const form = showForm(defineSteps(callbackPreset.steps))
    await enter(form, 'firstName', 'Иванов Иван Иванович')
    expect(offers(form)).toEqual([])
  })
})
