import { groupDigits } from '../../../fields/text/group-digits.ts'
import type { DeliverableLead } from '../../../lead/lead.ts'
import type { CanonicalName } from '../../../lead/values.ts'
import { formatMoscowDateTime } from '../../../lead/calendar-date.ts'
import { cutText } from '../error-messages.ts'

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
  /** The number of characters of a text that another parameter takes: the note begins where that ends. */
  readonly sentElsewhere?: Readonly<Record<string, number>>
  /** The provider's limit in characters. */
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

/** The canonical names of the values in a note, free texts first, the most important first. */
export const crmNoteFields: readonly CanonicalName[] = [
  'comment',
  'purpose',
  'callTime',
  'productType',
  'amount',
  'termDays',
]

/** The parts of a note, the most important first. The least important are cut first where not all fit. */
const ranks = ['loan', ...crmNoteFields, 'consent', 'attribution'] as const

interface NoteLine {
  readonly rank: (typeof ranks)[number]
  readonly text: string
}

/**
 * A note in Russian for the users of a CRM, with everything for which the CRM has no parameters: the loan, the person's
 * own words, the consents with version and time of receipt (Moscow time), the attribution parameters. It is never longer
 * than `max`: words are cut, and other lines that do not fit are left out.
 */
export function formatCrmNote(
  lead: DeliverableLead,
  { omit, sentElsewhere = {}, max }: CrmNoteOptions,
): string {
  const { values, attribution } = lead
  const lines: readonly NoteLine[] = [
    ...numberLines.flatMap(([name, formatLine]): readonly NoteLine[] => {
      const value = values[name]
      return value === undefined || omit.includes(name) ? [] : [{ rank: 'loan', text: formatLine(value) }]
    }),
    ...textLines.flatMap(([name, label]): readonly NoteLine[] => {
      const sent = sentElsewhere[name] ?? 0
      const text = values[name]?.slice(sent) ?? ''
      if (text === '' || omit.includes(name)) return []
      return [{ rank: name, text: sent > 0 ? `${label}: …${text}` : `${label}: ${text}` }]
    }),
    ...formatConsents(lead).map((text): NoteLine => ({ rank: 'consent', text })),
    // The parameters of the first visit are an object; only those of the last are written.
    ...Object.entries(attribution).flatMap(([name, text]): readonly NoteLine[] =>
      typeof text !== 'string' || omit.includes(name)
        ? []
        : [{ rank: 'attribution', text: `${name}: ${text}` }],
    ),
  ]
  const fitted = fitLines(lines, max)
  return lines.flatMap((line) => fitted.get(line) ?? []).join('\n')
}

/** The least number of characters that is left of a line that is cut. */
const minCutLength = 30

/** The texts of the lines that fit, taken in the order of their ranks. */
function fitLines(lines: readonly NoteLine[], max: number): ReadonlyMap<NoteLine, string> {
  const fitted = new Map<NoteLine, string>()
  let left = max
  for (const rank of ranks) {
    for (const line of lines.filter((candidate) => candidate.rank === rank)) {
      const free = left - (fitted.size > 0 ? 1 : 0)
      const mayBeCut = rank !== 'consent' && rank !== 'attribution' && free >= minCutLength
      const text = line.text.length <= free ? line.text : mayBeCut ? `${cutText(line.text, free - 1)}…` : ''
      if (text === '') continue
      fitted.set(line, text)
      left = free - text.length
    }
  }
  return fitted
}
