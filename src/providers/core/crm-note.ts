import { groupDigits } from '../../fields/text/group-digits.ts'
import type { DeliverableLead } from '../../lead/lead.ts'
import type { CanonicalName } from '../../lead/values.ts'
import { formatMoscowDateTime } from '../../lead/calendar-date.ts'

const consentNames: Readonly<Record<string, string>> = {
  processing: 'СОПД',
  transfer: 'Согласие на передачу',
  advertising: 'Согласие на рекламу',
}

/** The consents of a lead, each with its version and the minute of receipt in Moscow, for providers without a field for them. */
export function formatConsents({ consents, receivedAt }: DeliverableLead): readonly string[] {
  const minute = formatMoscowDateTime(receivedAt).slice(0, 16)
  return consents.map(
    ({ id, version }) => `${consentNames[id] ?? `Согласие ${id}`} v${version} ${minute} мск`,
  )
}

/** How a note is written. */
export interface CrmNoteOptions {
  /** What the provider has parameters for: names of values, and of marks. */
  readonly omit: readonly string[]
  /** The most characters that marks may fill the note up to; marks that find no room are left out. */
  readonly max: number
}

const numberLines = [
  ['amount', (value: number) => `Сумма: ${groupDigits(value, ' ')} ₽`],
  ['termDays', (value: number) => `Срок, дней: ${value}`],
] as const
const textLines = [
  ['purpose', 'Цель'],
  ['productType', 'Вид займа'],
  ['callTime', 'Когда звонить'],
  ['comment', 'Комментарий'],
] as const

/** The canonical names that a note is made of, those first that a person writes at length. */
export const crmNoteFields: readonly CanonicalName[] = [
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
export function formatCrmNote(lead: DeliverableLead, { omit, max }: CrmNoteOptions): string {
  const { values, attribution } = lead
  const note = [
    ...numberLines.flatMap(([name, write]) => {
      const value = values[name]
      return value === undefined || omit.includes(name) ? [] : [write(value)]
    }),
    ...textLines.flatMap(([name, label]) =>
      values[name] && !omit.includes(name) ? [`${label}: ${values[name]}`] : [],
    ),
    ...formatConsents(lead),
  ].join('\n')
  return Object.entries(attribution).reduce((written, [mark, text]) => {
    // The first touch is the relay's to keep: these people are told of the last.
    if (typeof text !== 'string' || omit.includes(mark)) return written
    const longer = written === '' ? `${mark}: ${text}` : `${written}\n${mark}: ${text}`
    return longer.length > max ? written : longer
  }, note)
}
