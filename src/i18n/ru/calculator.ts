import { groupDigits } from '../../fields/text/group-digits.ts'
import type { CalculatorTexts } from '../texts.ts'
import { pluralizeRu } from './plural.ts'

/** Russian texts of the calculator. */
export const calculatorRu: CalculatorTexts = {
  roubles: (count) => `${groupDigits(count)} ${pluralizeRu(count, 'рубль', 'рубля', 'рублей')}`,
  days: (count) => `${groupDigits(count)} ${pluralizeRu(count, 'день', 'дня', 'дней')}`,
  fullCost: 'Полная стоимость займа',
  perYear: (percent) => `${percent}\u00a0% годовых`,
  rate: 'Ставка',
  perDay: (percent) => `${percent}\u00a0% в день`,
  rateAfterFree: (days) => `Ставка, первые ${days} ${pluralizeRu(days, 'день', 'дня', 'дней')} 0\u00a0%`,
  repay: 'Вы вернёте',
  until: 'Вернуть до, если взять сегодня',
  unknown: 'Назовёт кредитор',
}
