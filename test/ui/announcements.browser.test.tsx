import { act } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { ru } from '../../src/i18n/ru/ru.ts'
import { issueText } from '../../src/i18n/find-text.ts'
import { define } from '../form/define.ts'
import { press, typeKeys } from './support/keys.ts'
import { type ShownForm, showFields, showForm } from './support/show-form.ts'
import { showPlaces } from './support/show-places.ts'

/** Everything that the form's live region says from now on. */
function listen(form: ShownForm): readonly string[] {
  const said: string[] = []
  const region = form.one(HTMLElement, '[role=status]')
  new MutationObserver(() => {
    if (region.textContent) said.push(region.textContent)
  }).observe(region, { childList: true, characterData: true, subtree: true })
  return said
}

/** Longer than an announcement waits. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 700))

async function enter(form: ShownForm, name: string, text: string): Promise<void> {
  form.input(name).focus()
  await press('Control+a')
  await typeKeys(text)
  await press('Tab')
}

describe('the live region', () => {
  it('is the only one of a form, with a list of places too', async () => {
    const form = await showPlaces()
    expect(form.all(HTMLElement, '[aria-live], [role=status], [role=log], [role=alert]')).toHaveLength(1)
    expect(form.announcement()).toBe('')
  })

  it.each([
    ['lastName', 'Ivanov', `Фамилия. Ошибка: ${issueText({ code: 'name-cyrillic' }, ru)}`],
    [
      'phone',
      '9999999999',
      `Мобильный телефон. Обратите внимание: ${issueText({ code: 'phone-equal-digits' }, ru)}`,
    ],
  ])('announces once what is found on leaving %s: %s', async (name, text, announcement) => {
    const form = showFields(name === 'phone' ? 'phone' : 'lastName', 'email')
    const said = listen(form)
    await enter(form, name, text)
    expect(said).toEqual([])
    await settle()
    expect(said).toEqual([announcement])
    // Who comes back hears the message with the field.
    await press('Shift+Tab', 'Tab')
    await settle()
    expect(said).toEqual([announcement])
    await enter(form, name, text.slice(1))
    await settle()
    expect(said.filter((one) => one === announcement).length).toBeLessThanOrEqual(2)
  })

  it('announces the same error of another text again', async () => {
    const form = showFields('birthDate', 'email')
    const said = listen(form)
    for (const text of ['31021990', '30021990']) {
      await enter(form, 'birthDate', text)
      await settle()
    }
    const announcement = `Дата рождения. Ошибка: ${issueText({ code: 'date-unreal' }, ru)}`
    expect(said).toEqual([announcement, announcement])
  })

  it('says how many fields are to be corrected, and leaves their messages to the focus', async () => {
    const form = showFields('lastName', 'phone')
    const said = listen(form)
    await enter(form, 'lastName', 'Ivanov')
    await form.click()
    await settle()
    expect(said).toEqual([ru.checkFields(2)])
    expect(form.input('lastName')).toHaveDeepFocus()
    expect(form.input('lastName').getAttribute('aria-describedby')).toContain('-remark')
  })

  it('announces the region that a city fills in, and the city’s own error with it', async () => {
    const form = await showPlaces()
    const said = listen(form)
    form.input('city').focus()
    await typeKeys('тюм')
    await expect.poll(form.options).toContain('Тюмень Тюменская область')
    await press('ArrowDown', 'Enter')
    await settle()
    expect(said.at(-1)).toBe('Регион: Тюменская область')
    expect(said.filter((one) => one.includes('Регион'))).toHaveLength(1)
  })
})

it('the title of a new step has the focus, and the count as its description', async () => {
  const form = showForm(define([{ name: 'comment', required: false }], [{ name: 'phone' }]))
  const said = listen(form)
  await form.click()
  const title = form.one(HTMLElement, '[part=title]')
  expect(title).toHaveDeepFocus()
  const description = form.root.getElementById(title.getAttribute('aria-describedby') ?? '')
  expect(description?.textContent).toBe(ru.step(2, 2))
  await settle()
  expect(said).toEqual([])
})

it('what is waiting is not announced on the next step', async () => {
  const form = showForm(define([{ name: 'email', required: false }], [{ name: 'phone' }]))
  const said = listen(form)
  await enter(form, 'email', 'user@gmial.com')
  await act(() => form.model.next())
  await settle()
  expect(form.model.index.value).toBe(1)
  expect(said).toEqual([])
})
