import { useComputed } from '@preact/signals'
import { groupDigits } from '../../fields/text/group-digits.ts'
import type { CalculatorTexts } from '../../i18n/texts.ts'
import { computeRepayment } from './repayment.ts'
import type { CalculatorViews, FormView } from '../form-view.ts'

/** Creates what a loan costs. A sum or a date that does not follow from the answers is not shown. */
export function createCosts(texts: CalculatorTexts, now: () => Date): CalculatorViews['Costs'] {
  return function Costs({ view, loan }) {
    const { fullCost, ratePerDay, freeDays = 0 } = loan
    const { lang = 'ru' } = view
    const amount = useComputed(() => valueWithin(view, 'amount')).value
    const days = useComputed(() => valueWithin(view, 'termDays')).value
    // By law a rate stands below its full cost. A definition without it is refused where it is written.
    if (!fullCost) return null
    const percent = (value: number): string => value.toLocaleString(lang, { maximumFractionDigits: 4 })
    const [from, to] = [percent(fullCost.min), percent(fullCost.max)]
    const isKnown = amount !== undefined && days !== undefined
    const sum = isKnown ? computeRepayment(amount, days, loan) : undefined
    const cells = [
      [texts.fullCost, texts.perYear(from === to ? to : `${from}–${to}`)],
      [freeDays > 0 ? texts.rateAfterFree(freeDays) : texts.rate, texts.perDay(percent(ratePerDay))],
      [texts.repay, sum !== undefined ? formatSum(sum) : isKnown ? texts.unknown : '—'],
      [texts.until, days === undefined ? '—' : formatDay(now(), days, lang)],
    ] as const
    return (
      <>
        {cells.map(([label, value], index) => (
          <p key={index} class="anketa-cell" part="loan-cell">
            <span class="anketa-aside" part="loan-label">
              {label}
            </span>{' '}
            <b class="anketa-value" part="loan-value">
              {value}
            </b>
          </p>
        ))}
      </>
    )
  }
}

/** The value of a field of the step, if it is inside the limits of the form. */
function valueWithin({ model }: FormView, name: 'amount' | 'termDays'): number | undefined {
  const field = model.step.value?.fields.find((candidate) => candidate.name === name)
  const value = model.fields[name]?.value.value
  if (typeof value !== 'number' || !field) return undefined
  const { minimum = value, maximum = value } = field
  return value >= minimum && value <= maximum ? value : undefined
}

/** A sum of kopecks in roubles: `18 600 ₽`, `18 600,40 ₽`. */
export function formatSum(kopecks: bigint): string {
  const rest = kopecks % 100n
  const cents = rest === 0n ? '' : `,${String(rest).padStart(2, '0')}`
  return `${groupDigits(String(kopecks / 100n))}${cents}\u00a0₽`
}

/** The day some days after the person's own today. */
function formatDay(today: Date, days: number, lang: string): string {
  const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() + days)
  return day.toLocaleDateString(lang, { day: 'numeric', month: 'long', year: 'numeric' })
}
