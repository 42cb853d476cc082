import { act } from '@testing-library/preact'
import { describe, expect, it, onTestFinished } from 'vitest'
import { microloanPreset } from '../../src/form/presets/microloan.ts'
import { sampleValues } from '../../src/form/sample-values.ts'
import { federalSubjects } from '../../src/places/federal-subjects.ts'
import { searchRegions } from '../../src/places/place-search.ts'
import { ru } from '../../src/i18n/ru/ru.ts'
import { verificationRu } from '../../src/i18n/ru/verification.ts'
import type { SendResult } from '../../src/lead/delivery.ts'
import { processing } from '../form/define.ts'
import { tickBox } from '../support/tick-box.ts'
import { press, typeKeys } from './support/keys.ts'
import { type ShownForm, showForm } from './support/show-form.ts'
import { createListLoader, showPlaces, somePlaces } from './support/show-places.ts'
import { splitTexts, translateTexts, translationMark } from './support/text-scripts.ts'

const definition = {
  ...microloanPreset,
  operator: { name: 'ООО Пример', address: 'Москва' },
  policyUrl: 'https://example.ru/policy',
  consents: [processing],
}
const wrongCode = (attemptsLeft: number): SendResult => ({
  outcome: 'verification',
  issues: [{ field: 'code', code: 'wrong-code' }],
  attemptsLeft,
})

interface Pair {
  /** A form that a script of the page rewrites, and one that is left alone. */
  readonly forms: readonly [rewritten: ShownForm, plain: ShownForm]
  /** What the form says without the script's marks. */
  said(selector: string): string
  /** Does the same in both forms, then expects the same texts in both. */
  both(act: (form: ShownForm) => Promise<unknown>): Promise<void>
  /** The answer to the request that is open. */
  answer(result: SendResult): Promise<void>
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50))
const withoutMarks = (text: string | null = ''): string => (text ?? '').replaceAll(translationMark, '')
const textOf = (form: ShownForm, selector: string): string =>
  withoutMarks(form.one(HTMLElement, selector).textContent)
/** All that is shown. Announcements follow their own clock. */
const allText = ({ all }: ShownForm): string =>
  all(HTMLElement, 'section > :not([role=status])')
    .map(({ textContent }) => withoutMarks(textContent))
    .join()

/** Shows two forms, and fails if a script of either throws. */
async function showPair(rewrite: (root: Node) => () => void): Promise<Pair> {
  const errors: unknown[] = []
  const record = (event: ErrorEvent | PromiseRejectionEvent): void => {
    errors.push('reason' in event ? event.reason : event.error)
  }
  window.addEventListener('error', record)
  window.addEventListener('unhandledrejection', record)
  const waiting: ((result: SendResult) => void)[] = []
  const request = (): Promise<SendResult> => new Promise((resolve) => void waiting.push(resolve))
  const show = (): ShownForm =>
    showForm(definition, { loadPlaceList: createListLoader(somePlaces), send: request, confirm: request })
  const forms = [show(), show()] as const
  const stop = rewrite(forms[0].root)
  onTestFinished(() => {
    stop()
    window.removeEventListener('error', record)
    window.removeEventListener('unhandledrejection', record)
  })
  const compare = async (): Promise<void> => {
    await settle()
    expect(errors).toEqual([])
    expect(allText(forms[0])).toBe(allText(forms[1]))
  }
  await compare()
  return {
    forms,
    said: (selector) => textOf(forms[0], selector),
    async both(step) {
      for (const form of forms) await step(form)
      await compare()
    },
    async answer(result) {
      expect(waiting).toHaveLength(2)
      await act(() => waiting.splice(0).forEach((resolve) => resolve(result)))
      await compare()
    },
  }
}

const headings = (said: Pair['said']): readonly string[] => ['.anketa-title', '.anketa-count'].map(said)
const pressed = (action: string) => (form: ShownForm) => form.click(action)
const tick = (form: ShownForm): Promise<void> =>
  act(() => tickBox(form.one(HTMLElement, '[data-consent] input')))

async function enter(form: ShownForm, name: string, text: string): Promise<void> {
  form.input(name).focus()
  await press('Control+a')
  await typeKeys(text)
  await press('Tab')
}

describe.each([
  ['a translator that replaces every text node', translateTexts],
  ['a script that splits every text node', splitTexts],
])('with %s', (_, rewrite) => {
  it('every text of a whole journey is that of its step', async () => {
    const { forms, said, both, answer } = await showPair(rewrite)
    const main = '.anketa-main'

    await both(pressed('next'))
    expect(said('[data-field=amount] [part=error]')).toBe(`${ru.error} ${ru.fields.amount.required}`)
    await both((form) => enter(form, 'amount', '5'))
    await both((form) => enter(form, 'amount', '500000'))
    await both((form) => enter(form, 'amount', '30000'))
    await both((form) => enter(form, 'termDays', '30'))
    await both(pressed('next'))
    expect(headings(said)).toEqual(['О вас', ru.step(2, 4)])
    expect(said('[data-action=back]')).toBe(ru.back)

    await both((form) => enter(form, 'lastName', 'Vymyslov2'))
    await both((form) => enter(form, 'email', 'anna@gmial.com'))
    expect(said('[data-field=email] button')).toBe(ru.suggestion('anna@gmail.com'))
    await both(pressed('offer'))
    await both(pressed('next'))
    await both((form) => act(() => void form.model.setValues(sampleValues(definition))))
    await both(pressed('next'))
    expect(headings(said)).toEqual(['Паспорт', ru.step(3, 4)])
    expect(said(main)).toBe(ru.next)

    await both(pressed('back'))
    expect(headings(said)).toEqual(['О вас', ru.step(2, 4)])
    await both(pressed('next'))
    await both(pressed('next'))
    expect(headings(said)).toEqual(['Согласия', ru.step(4, 4)])
    expect(said(main)).toBe(ru.submit)

    await both(pressed('submit'))
    await both(tick)
    await both(pressed('submit'))
    expect(said(main)).toBe(ru.sending)
    await answer({ outcome: 'failed', code: 'network' })
    expect(said(main)).toBe(ru.retry)
    expect(said('[role=alert]')).toBe(ru.failed)
    await both(pressed('retry'))
    await answer({ outcome: 'failed', code: 'uncertain' })
    expect(said('[role=alert]')).toBe(ru.uncertain)
    await both(pressed('retry'))
    await answer({ outcome: 'verification' })
    expect(said('.anketa-title')).toBe(ru.verification)

    await both(async (form) => form.input('code').focus())
    for (const left of [2, 1]) {
      for (const form of forms) {
        form.input('code').value = '1234'
        await form.click('confirm')
      }
      await settle()
      expect(said(main)).toBe(verificationRu.checking)
      await answer(wrongCode(left))
      expect(said('[data-field=code] [part=error]')).toContain(verificationRu.attempts(left))
      expect(said(main)).toBe(verificationRu.confirm)
    }
    await both(pressed('change'))
    expect(headings(said)).toEqual(['О вас', ru.step(2, 4)])
    await both((form) => enter(form, 'phone', '9000000002'))
    await both(pressed('next'))
    await both(pressed('next'))
    await both(pressed('submit'))
    await answer({ outcome: 'verification', attemptsLeft: 0 })
    await both(pressed('give-up'))
    expect(said('.anketa-title')).toBe(ru.results.verification.title)
    await both((form) => act(() => form.model.reset()))
    expect(headings(said)).toEqual(['Сумма и срок', ru.step(1, 4)])
  })

  it('the list shows the options of each text, and puts in what it shows', async () => {
    const form = await showPlaces()
    onTestFinished(rewrite(form.root))
    const options = (): readonly string[] =>
      form.options().map((text) => text.replaceAll(translationMark, ''))
    form.input('city').focus()
    for (const [text, found] of [
      ['киров', ['Киров Кировская область', 'Киров Калужская область', 'Кировск Мурманская область']],
      ['т', ['Тюмень Тюменская область', 'Тобольск Тюменская область']],
      ['щщщ', []],
      ['кировск', ['Кировск Мурманская область']],
      ['тоб', ['Тобольск Тюменская область']],
    ] as const) {
      await press('Control+a')
      await typeKeys(text)
      await expect.poll(options).toEqual(found)
      const announced = found.length > 0 ? ru.places.found(found.length) : ru.places.none
      await expect.poll(() => form.announcement().replaceAll(translationMark, '')).toBe(announced)
    }
    await act(() => form.option(form.options()[0] ?? '').click())
    expect(form.values()).toMatchObject({ city: 'Тобольск', cityKladr: '7200000200000' })
    // The region is chosen now, so that the options no longer name it.
    await press('Alt+ArrowDown')
    await expect.poll(options).toEqual(['Тюмень', 'Тобольск', 'Боровский пгт'])
  })

  it('a list that is open when it begins goes on', async () => {
    const form = await showPlaces()
    form.input('region').focus()
    await press('ArrowDown')
    const subjects = searchRegions(federalSubjects, '').map(({ name }) => name)
    await expect.poll(() => form.active('region')).toBe(subjects[0])
    onTestFinished(rewrite(form.root))
    const active = (): string | undefined => form.active('region')?.replaceAll(translationMark, '')
    for (const name of subjects.slice(1, 20)) {
      await press('ArrowDown')
      expect(active()).toBe(name)
    }
    await press('ArrowUp', 'ArrowUp')
    expect(active()).toBe(subjects[17])
    await press('Enter')
    expect(form.values()).toMatchObject({ region: subjects[17] })
  })
})
