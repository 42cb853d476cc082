import { ru } from '../../../../i18n/ru/ru.ts'
import type { LeadValue } from '../../../../lead/values.ts'
import { filterableParameters } from '../../../database/schema/console-steps.ts'
import type { ExportedLead } from '../../../leads/console/export-leads.ts'

/** Marks the file as UTF-8: without it Excel reads another encoding. */
const byteOrderMark = '\uFEFF'

const statusTexts: Readonly<Record<string, string>> = {
  partial: 'не закончена',
  queued: 'ждёт',
  verification: 'ждёт кода',
  invalid: 'ждёт исправления',
  uncertain: 'неизвестно, дошла ли',
  accepted: 'принята',
  duplicate: 'повторная',
  declined: 'отклонена',
  failed: 'не доставлена',
  stored: 'сохранена',
}

const labels: Readonly<Record<string, { readonly label?: string } | undefined>> = ru.fields

/** The head of a CSV file; `names` are the canonical names of its columns with values. */
export function formatCsvHead(names: readonly string[]): string {
  return (
    byteOrderMark +
    formatLine([
      'Номер',
      'Получена (Москва)',
      'Форма',
      'Статус',
      'Получатель',
      ...names.map((name) => labels[name]?.label ?? name),
      'Прочее',
      ...filterableParameters,
      'Страница',
      'id',
    ])
  )
}

/** A lead as a line of a CSV file. What has no column of its own stands together in one. */
export function formatCsvLead(
  { id, number, form, status, receivedAt, destination, values, attribution, pageUrl }: ExportedLead,
  names: readonly string[],
): string {
  const own: Readonly<Record<string, LeadValue | undefined>> = values
  const others = Object.entries(own).filter(([name]) => !names.includes(name))
  return formatLine([
    number,
    formatMoscowTime(receivedAt),
    form,
    statusTexts[status] ?? status,
    destination ?? '',
    ...names.map((name) => formatCell(own[name])),
    others.map(([name, value]) => `${name}: ${formatCell(value)}`).join('; '),
    ...filterableParameters.map((name) => {
      const value = attribution[name]
      return typeof value === 'string' ? value : ''
    }),
    pageUrl ?? '',
    id,
  ])
}

function formatCell(value: LeadValue | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'да' : 'нет'
  const text = String(value)
  // A plus sign would begin a formula, and Excel reads the digits as a number.
  return /^\+\d{11,15}$/.test(text) ? text.slice(1) : text
}

const moscow = new Intl.DateTimeFormat('ru-RU', {
  timeZone: 'Europe/Moscow',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** `29.11.2026 10:00:00`, which a Russian Excel reads as a time. */
function formatMoscowTime(time: Date): string {
  const parts = new Map(moscow.formatToParts(time).map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  return `${part('day')}.${part('month')}.${part('year')} ${part('hour')}:${part('minute')}:${part('second')}`
}

/** What a spreadsheet takes for the beginning of a formula, also after white space and in full width. */
const formulaStart = /^[\s\uFEFF"']*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n\0]/

/** One line, with the separator of a Russian Excel. A text that would be a formula begins with an apostrophe. */
export function formatLine(cells: readonly string[]): string {
  const escaped = cells.map((cell) => {
    const safe = formulaStart.test(cell) ? `'${cell}` : cell
    return /[;"\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  })
  return `${escaped.join(';')}\r\n`
}
