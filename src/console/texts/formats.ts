import { allEn } from '../../i18n/en/en.ts'
import { lazyRu } from '../../i18n/ru/lazy.ts'
import { ru } from '../../i18n/ru/ru.ts'
import { issueCodes } from '../../lead/issue.ts'
import { fieldText, issueText, optionText } from '../../i18n/find-text.ts'
import type { AllTexts } from '../../i18n/texts.ts'
import { isFieldName } from '../../fields/fields.ts'
import type { ConsoleLanguage } from '../access/preferences.ts'

/** How values, times and amounts are written. */
export interface Formats {
  /** `29.11.2026, 05:41` in Moscow. */
  moment(iso: string): string
  /** The same with seconds. */
  exactMoment(iso: string): string
  /** An amount in roubles. */
  amount(roubles: number): string
  /** `1 234` */
  count(count: number): string
  /** A share of 1: `12 %`. */
  percent(share: number): string
  /** A day: `29.11`. */
  day(date: string): string
  /** What was wrong with a field, as the person read it. */
  issue(field: string, code: string): string
  /** The label of a field. */
  field(name: string): string
  /** A value as a person reads it. */
  value(name: string, value: string | number | boolean): string
}

/** Creates the formats of a language. */
export function createFormats(language: ConsoleLanguage): Formats {
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB'
  const inMoscow = { timeZone: 'Europe/Moscow' } as const
  const day = { day: '2-digit', month: '2-digit', year: 'numeric' } as const
  const short = new Intl.DateTimeFormat(locale, { ...inMoscow, ...day, hour: '2-digit', minute: '2-digit' })
  const exact = new Intl.DateTimeFormat(locale, {
    ...inMoscow,
    ...day,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const roubles = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'RUB',
    maximumFractionDigits: 0,
  })
  const whole = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  const texts: AllTexts = language === 'ru' ? { ...ru, ...lazyRu } : allEn

  return {
    moment: (iso) => format(short, iso),
    exactMoment: (iso) => format(exact, iso),
    amount: (amount) => roubles.format(amount),
    count: (count) => whole.format(count),
    percent: (share) => percent.format(share),
    day: (date) => (language === 'ru' ? date.slice(5).split('-').reverse().join('.') : date.slice(5)),
    issue(field, code) {
      const known = issueCodes.find((one) => one === code)
      return known ? issueText({ field, code: known }, texts) : code
    },
    field: (name) => fieldText(name, texts).label,
    value(name, value) {
      if (typeof value === 'boolean')
        return value ? (language === 'ru' ? 'да' : 'yes') : language === 'ru' ? 'нет' : 'no'
      if (name === 'amount' && typeof value === 'number') return roubles.format(value)
      return isFieldName(name) ? optionText(name, value, texts) : String(value)
    },
  }
}

function format(how: Intl.DateTimeFormat, iso: string): string {
  const moment = new Date(iso)
  return Number.isNaN(moment.getTime()) ? iso : how.format(moment)
}
