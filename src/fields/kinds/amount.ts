import { narrowText } from '../text/plain-text.ts'
import { wholeNumber } from './whole-number.ts'

const maxDigits = 10

/**
 * Whole roubles: digits, or groups of three with one and the same separator, then zero kopecks, then the currency. The
 * mask separates groups by no-break spaces. A space that a person types after them begins another number.
 */
const roubles =
  /^(?:(0*\d+|[1-9]\d{0,2}(?:(\p{Zs})\d{3})(?:\2\d{3})*)(?:[.,]00?)?|([1-9]\d{0,2}(?:\.\d{3})+)(?:,00?)?)\p{Zs}*(?:₽|р|руб|рубл(?:ей|я|ь)|rub)?\.?(?:\p{Zs}*00 коп\.?)?$/iu

/** Money in whole roubles, up to 10 digits, shown in groups of three. */
export const amount = wholeNumber(1, 9_999_999_999, 'amount-format', {
  shape: maxDigits,
  digits: (text) =>
    /^(?:\d*|\d{1,3}(?:\u00a0\d{3})+)$/.test(narrowText(text)) ? significant(narrowText(text)) : undefined,
  parse(text) {
    const [, spaced, , pointed = ''] = roubles.exec(narrowText(text).trim()) ?? []
    const digits = significant(spaced ?? pointed)
    return digits && digits.length <= maxDigits ? digits : undefined
  },
})

function significant(text: string): string {
  return text.replace(/\D/g, '').replace(/^0+(?=\d)/, '')
}
