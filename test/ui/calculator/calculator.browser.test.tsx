import { signal } from '@preact/signals'
import { act } from '@testing-library/preact'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createCalculatorChunk } from '../../../src/embed/calculator/calculator.chunk.ts'
import { adoptStyles } from '../../../src/embed/appearance/styles.ts'
import type { FormDefinition } from '../../../src/form/definition.ts'
import type { CalculatorViews } from '../../../src/ui/form-view.ts'
import { recordLayoutReads } from '../../embed/support/record-layout-reads.ts'
import { defineSteps, processing } from '../../form/define.ts'
import { press, typeKeys } from '../support/keys.ts'
import { showForm } from '../support/show-form.ts'

const definition: FormDefinition = {
  ...defineSteps([
    {
      id: 'loan',
      title: 'Сумма и срок',
      kind: 'calculator',
      fields: [
        {
          name: 'amount',
          minimum: 1000,
          maximum: 30_000,
          control: 'slider',
          presets: [5000, 15_000, 30_000],
        },
        { name: 'termDays', minimum: 5, maximum: 30, control: 'slider', presets: [7, 14, 21, 30] },
      ],
    },
    { id: 'person', title: 'О вас', fields: [{ name: 'phone' }] },
  ]),
  consents: [processing],
  loan: {
    ratePerDay: 0.8,
    fullCost: { min: 0, max: 292 },
    freeDays: 7,
    conditionsUrl: 'https://example.ru/conditions',
  },
}

/** Shows a calculator. `load` lets its sliders and sums come, which are there from the start unless `later`. */
function showCalculator(changes: Partial<FormDefinition> = {}, later = false) {
  const chunk = createCalculatorChunk()
  const calculator = signal<CalculatorViews | undefined>(later ? undefined : chunk.views)
  const form = showForm({ ...definition, ...changes }, { calculator })
  const { host } = form.root
  if (!(host instanceof HTMLElement)) throw new TypeError('expected an element as the host')
  const adopt = (css?: string): void =>
    onTestFinished(adoptStyles({ root: form.root, host, inPage: false }, css))
  adopt()
  adopt(chunk.css)
  const [amount, term] = ['Сумма займа, ₽', 'Срок, дней'].map((name) => () => sliderOf(name))
  function sliderOf(name: string): HTMLInputElement {
    return form.one(HTMLInputElement, `[type=range][aria-label="${name}"]`)
  }
  return {
    ...form,
    host,
    amount: amount ?? sliderOf.bind(undefined, ''),
    term: term ?? sliderOf.bind(undefined, ''),
    load: () =>
      act(() => {
        calculator.value = chunk.views
      }),
    /** The lines of the costs, in the order in which they are read. */
    costs: () => form.all(HTMLElement, '[part=loan-cell]').map((cell) => spaced(cell.textContent ?? '')),
    preset(text: string): HTMLButtonElement {
      const all = form.all(HTMLButtonElement, '[part=preset]')
      const found = all.find((button) => spaced(button.textContent ?? '') === text)
      if (!found) throw new TypeError(`${text}: expected a button`)
      return found
    },
  }
}

const spaced = (text: string): string => text.replace(/\u00a0/g, ' ')
const valueText = (slider: HTMLElement): string => spaced(slider.getAttribute('aria-valuetext') ?? '')

describe('a calculator', () => {
  it('begins with the middle presets, and with what they cost', () => {
    const form = showCalculator()
    expect([spaced(form.input('amount').value), form.input('termDays').value]).toEqual(['15 000', '14'])
    expect([valueText(form.amount()), valueText(form.term())]).toEqual(['15 000 рублей', '14 дней'])
    expect(form.costs()).toEqual([
      'Полная стоимость займа 0–292 % годовых',
      'Ставка, первые 7 дней 0 % 0,8 % в день',
      'Вы вернёте 15 840 ₽',
      'Вернуть до, если взять сегодня ' + inDays(14),
    ])
    expect(form.preset('15 000 ₽').getAttribute('aria-pressed')).toBe('true')
    expect(form.preset('5 000 ₽').getAttribute('aria-pressed')).toBe('false')
  })

  it('shows the full cost before the rate, and as large', () => {
    const form = showCalculator()
    const [fullCost, rate] = form.all(HTMLElement, '[part=loan-value]')
    const [ofCost, ofRate] = [fullCost, rate].map((value) => value && getComputedStyle(value))
    expect(parseFloat(ofCost?.fontSize ?? '0')).toBeGreaterThanOrEqual(parseFloat(ofRate?.fontSize ?? '99'))
    expect([ofCost?.fontWeight, ofCost?.color]).toEqual([ofRate?.fontWeight, ofRate?.color])
  })

  it.each([320, 360, 480, 768, 1280])(
    'says what the law requires on a twentieth of its area at %d px',
    (width) => {
      const form = showCalculator()
      form.host.style.cssText = `display: block; width: ${width - 32}px`
      const sentence = form.one(HTMLElement, '[part~=loan-risks]')
      expect(sentence.textContent).toBe(
        'Оценивайте свои финансовые возможности и риски. Изучите все условия займа, откроется в новой вкладке.',
      )
      const link = form.one(HTMLAnchorElement, '[part~=loan-risks] a')
      expect(link.href).toBe('https://example.ru/conditions')
      const area = ({ offsetWidth, offsetHeight }: HTMLElement): number => offsetWidth * offsetHeight
      expect(area(sentence)).toBeGreaterThan(area(form.one(HTMLElement, '.anketa-step')) / 20)
    },
  )

  it.each([320, 360, 480, 768, 1280])('comes into the space that is kept for it at %d px', async (width) => {
    const form = showCalculator({}, true)
    form.host.style.cssText = `display: block; width: ${width - 32}px`
    const places = (): readonly number[] =>
      form
        .all(HTMLElement, '[data-field], [data-action], [part~=loan-risks], .anketa-legal')
        .map((element) => element.getBoundingClientRect().top)
    const before = places()
    expect(form.costs()).toEqual([])
    await form.load()
    expect(form.costs()).toHaveLength(4)
    expect(places()).toEqual(before)
  })

  it('works without its sliders and sums', async () => {
    const form = showCalculator({}, true)
    form.input('amount').focus()
    await press('Control+a')
    await typeKeys('7000')
    await form.click()
    expect(form.model.values.value).toMatchObject({ amount: 7000, termDays: 14 })
    expect(form.model.step.value?.id).toBe('person')
  })

  it('shows no sum without what the loan costs', () => {
    const { loan: _, ...without } = definition
    const form = showForm(without, { calculator: signal(createCalculatorChunk().views) })
    expect(form.all(HTMLElement, '[part=loan-cell]')).toEqual([])
    expect(form.all(HTMLInputElement, '[type=range]')).toHaveLength(2)
  })

  it('shows no sum that is not certain', async () => {
    const form = showCalculator({ loan: { ratePerDay: 10, fullCost: { min: 3650, max: 3650 } } })
    form.term().focus()
    await press('Home')
    expect(form.costs()[2]).toBe('Вы вернёте 22 500 ₽')
    await press('End')
    expect(form.costs()[2]).toBe('Вы вернёте Назовёт кредитор')
    form.input('amount').focus()
    for (const text of ['', '999', '30001', '1e3']) {
      await press('Control+a', 'Delete')
      await typeKeys(text)
      expect(form.costs()[2]).toBe('Вы вернёте —')
    }
  })
})

describe('the slider of a calculator', () => {
  it.each([
    [['ArrowRight'], '15 500 рублей'],
    [['ArrowUp', 'ArrowUp'], '16 000 рублей'],
    [['ArrowLeft'], '14 500 рублей'],
    [['ArrowDown'], '14 500 рублей'],
    [['PageUp'], '20 000 рублей'],
    [['PageDown', 'PageDown'], '5 000 рублей'],
    [['Home'], '1 000 рублей'],
    [['End', 'ArrowRight'], '30 000 рублей'],
    [['Home', 'ArrowLeft', 'ArrowRight'], '1 500 рублей'],
  ])('goes by %j to %s, and the input with it', async (keys, text) => {
    const form = showCalculator()
    form.amount().focus()
    await press(...keys)
    expect(valueText(form.amount())).toBe(text)
    expect(`${spaced(form.input('amount').value)} рублей`).toBe(text)
    expect(form.amount().value).toBe(String(form.model.values.value.amount))
  })

  it('goes by days', async () => {
    const form = showCalculator()
    form.term().focus()
    await press('ArrowRight', 'PageUp', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft')
    expect(valueText(form.term())).toBe('21 день')
    expect(form.model.values.value.termDays).toBe(21)
  })

  it('follows what is typed, also between its own values, and goes on from there', async () => {
    const form = showCalculator()
    form.input('amount').focus()
    await press('Control+a')
    await typeKeys('13250')
    expect([form.amount().value, valueText(form.amount())]).toEqual(['13250', '13 250 рублей'])
    form.amount().focus()
    await press('ArrowRight')
    expect(valueText(form.amount())).toBe('13 500 рублей')
    await press('ArrowLeft')
    expect(valueText(form.amount())).toBe('13 000 рублей')
  })

  it('takes a press at any place, and a small move of assistive technology for a whole step', async () => {
    const form = showCalculator()
    const slider = form.amount()
    for (const [entered, expected] of [
      ['12345', '12500'],
      ['12501', '13000'],
      ['12999', '12500'],
    ] as const) {
      slider.value = entered
      slider.dispatchEvent(new InputEvent('input', { bubbles: true }))
      expect([entered, slider.value, String(form.model.values.value.amount)]).toEqual([
        entered,
        expected,
        expected,
      ])
    }
  })

  it('gets the value of a preset that is pressed, and its button is pressed then', async () => {
    const form = showCalculator()
    await act(() => form.preset('5 000 ₽').click())
    await act(() => form.preset('21 день').click())
    expect(form.model.values.value).toMatchObject({ amount: 5000, termDays: 21 })
    expect([valueText(form.amount()), valueText(form.term())]).toEqual(['5 000 рублей', '21 день'])
    expect(form.preset('5 000 ₽').getAttribute('aria-pressed')).toBe('true')
    expect(form.costs()[2]).toBe('Вы вернёте 5 560 ₽')
  })

  it('reads no layout when a key or a drag moves it', async () => {
    const form = showCalculator()
    const slider = form.amount()
    slider.focus()
    await press('ArrowRight')
    const reads = recordLayoutReads()
    await press('ArrowRight', 'PageUp')
    slider.value = '7000'
    slider.dispatchEvent(new InputEvent('input', { bubbles: true }))
    expect(form.model.values.value.amount).toBe(7000)
    expect(reads).toEqual([])
  })

  it('removes the error that its input has', async () => {
    const form = showCalculator()
    form.input('amount').focus()
    await press('Control+a')
    await typeKeys('99')
    form.amount().focus()
    await expect.poll(() => form.message('amount')?.blocks).toBe(true)
    await press('ArrowRight')
    expect(form.message('amount')).toBeUndefined()
  })
})

function inDays(days: number): string {
  const now = new Date()
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days)
  const month = 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ')
  return `${day.getDate()} ${month[day.getMonth()]} ${day.getFullYear()} г.`
}
