import { groupDigits } from '../../fields/text/group-digits.ts'
import type { DeliverableLead } from '../../lead/lead.ts'
import type { CanonicalName } from '../../lead/values.ts'
import { formatMoscowDateTime } from '../../lead/calendar-date.ts'

const consentNames: Readonly<Record<string, string>> = {
  processing: 'СОПД',
  transfer: 'Согласие на передачу',
  advertising: 'Согласие на рекламу',
}

/**
 * The consents of a lead, each with its version and the minute of receipt (Moscow time), for providers without a
 * parameter for them.
 */
export function formatConsents({ consents, receivedAt }: DeliverableLead): readonly string[] {
  const minute = formatMoscowDateTime(receivedAt).slice(0, 16)
  return consents.map(
    ({ id, version }) => `${consentNames[id] ?? `Согласие ${id}`} v${version} ${minute} мск`,
  )
}

/** Options of a note. */
export interface CrmNoteOptions {
  /** Names of the values and attribution parameters for which the provider has parameters of its own. */
  readonly omit: readonly string[]
  /** The length in characters up to which attribution parameters are added. Those that do not fit are left out. */
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

/** The canonical names of the values in a note, free texts first. */
export const crmNoteFields: readonly CanonicalName[] = [
  'comment',
  'purpose',
  'callTime',
  'productType',
  'amount',
  'termDays',
]

/**
 * A note in Russian for the users of a CRM, with everything for which the CRM has no parameters: the loan, the consents
 * with version and time of receipt (Moscow time), the attribution parameters.
 */
export function formatCrmNote(lead: DeliverableLead, { omit, max }: CrmNoteOptions): string {
  const { values, attribution } = lead
  const note = [
    ...numberLines.flatMap(([name, formatLine]) => {
      const value = values[name]
      return value === undefined || omit.includes(name) ? [] : [formatLine(value)]
    }),
    ...textLines.flatMap(([name, label]) =>
      values[name] && !omit.includes(name) ? [`${label}: ${values[name]}`] : [],
    ),
    ...formatConsents(lead),
  ].join('\n')
  return Object.entries(attribution).reduce((shorter, [name, text]) => {
    // The parameters of the first visit are an object; only those of the last are written.
    if (typeof text !== 'string' || omit.includes(name)) return shorter
    const longer = shorter === '' ? `${name}: ${text}` : `${shorter}\n${name}: ${text}`
    return longer.length > max ? shorter : longer
  }, note)
}
