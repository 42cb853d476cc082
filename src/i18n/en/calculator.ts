import { groupDigits } from '../../fields/text/group-digits.ts'
import type { CalculatorTexts } from '../texts.ts'

/** English texts of the calculator. */
export const calculatorEn: CalculatorTexts = {
  roubles: (count) => `${groupDigits(count)} ${count === 1 ? 'rouble' : 'roubles'}`,
  days: (count) => `${groupDigits(count)} ${count === 1 ? 'day' : 'days'}`,
  fullCost: 'Full cost of the loan',
  perYear: (percent) => `${percent}% a year`,
  rate: 'Rate',
  perDay: (percent) => `${percent}% a day`,
  rateAfterFree: (days) => `Rate, 0% for the first ${days === 1 ? 'day' : `${days} days`}`,
  repay: 'You repay',
  until: 'Repay by, if taken today',
  unknown: 'The lender will tell you',
}
