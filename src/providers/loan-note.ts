import type { DeliverableLead } from '../lead/lead.ts'
import type { CanonicalName } from '../lead/values.ts'
import { consentLines } from './consent-lines.ts'

/** How a note is written. */
export interface NoteOptions {
  /** What the provider has parameters for: names of values, and of marks. */
  readonly except: readonly string[]
  /** The most characters that marks may fill the note up to; marks that find no room are left out. */
  readonly max: number
}

const lines = [
  ['amount', (value: number) => `Сумма: ${String(value).replace(/\B(?=(?:\d{3})+$)/g, ' ')} ₽`],
  ['termDays', (value: number) => `Срок, дней: ${value}`],
] as const
const texts = [
  ['purpose', 'Цель'],
  ['productType', 'Вид займа'],
  ['callTime', 'Когда звонить'],
  ['comment', 'Комментарий'],
] as const

/** The canonical names that a note is made of, those first that a person writes at length. */
export const noteNames: readonly CanonicalName[] = [
  'comment',
  'purpose',
  'callTime',
  'productType',
  'amount',
  'termDays',
]

/**
 * What a CRM has no parameters for, in Russian, for the people who work in it: the loan, the consents with version and
 * time of receipt in Moscow, the marks of the traffic.
 */
export function loanNote(lead: DeliverableLead, { except, max }: NoteOptions): string {
  const { values, attribution } = lead
  const note = [
    ...lines.flatMap(([name, write]) => {
      const value = values[name]
      return value === undefined || except.includes(name) ? [] : [write(value)]
    }),
    ...texts.flatMap(([name, label]) =>
      values[name] && !except.includes(name) ? [`${label}: ${values[name]}`] : [],
    ),
    ...consentLines(lead),
  ].join('\n')
  return Object.entries(attribution)
    .filter(([mark]) => !except.includes(mark))
    .reduce((written, [mark, text]) => {
      // The first touch is told by nobody's note: it is long, and for statistics.
      if (typeof text !== 'string') return written
      const longer = written === '' ? `${mark}: ${text}` : `${written}\n${mark}: ${text}`
      return longer.length > max ? written : longer
    }, note)
}
