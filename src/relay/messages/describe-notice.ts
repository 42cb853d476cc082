import { groupDigits } from '../../fields/text/group-digits.ts'
import { formatLeadNumber } from '../../lead/lead-number.ts'
import type { LeadNotice } from './receiver.ts'
import type { StatusEvent } from './status-events.ts'

/** The most leads that a digest names. */
const maxListed = 30

const titles: Readonly<Record<StatusEvent, (number: string) => string>> = {
  new: (number) => `Новая заявка ${number}`,
  partial: (number) => `Незаконченная заявка ${number}`,
  accepted: (number) => `Заявка ${number} принята`,
  duplicate: (number) => `Заявка ${number} — повторная`,
  declined: (number) => `Заявка ${number} отклонена`,
  approved: (number) => `Заявка ${number} одобрена`,
  rejected: (number) => `По заявке ${number} отказано`,
  failed: (number) => `Заявка ${number} не доставлена`,
  refused: (number) => `Заявку ${number} не взяли из-за настроек`,
  uncertain: (number) => `Неизвестно, дошла ли заявка ${number}`,
}

const advice: Partial<Readonly<Record<StatusEvent, string>>> = {
  failed: 'Что сделать: посмотрите причину и отправьте заявку вручную.',
  refused: 'Что сделать: проверьте ключи и постоянные параметры этого получателя в настройках релея.',
  uncertain: 'Что сделать: спросите у получателя, есть ли у него эта заявка. Сама она второй раз не уйдёт.',
}

/** The longest part of a line. */
const maxPartLength = 300

/** A text of at most `length` UTF-16 units, not cut inside of a character. */
export function fitText(text: string, length = maxPartLength): string {
  if (text.length <= length) return text
  const kept = text.slice(0, Math.max(0, length - 1))
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`
}

/** The amount of a lead in roubles, if it has one. */
export function amountOf({ values }: Pick<LeadNotice, 'values'>): number | undefined {
  return typeof values['amount'] === 'number' ? values['amount'] : undefined
}

/** The region of a lead: that of the loan, or else that of an address. */
export function regionOf({ values }: Pick<LeadNotice, 'values'>): string | undefined {
  const { region, registrationRegion, residenceRegion } = values
  const found = [region, registrationRegion, residenceRegion].find(
    (name) => name !== undefined && name !== '',
  )
  return found === undefined ? undefined : fitText(found)
}

/** The address of a lead in the console, or of all leads. */
export function consoleLink(publicUrl: string | undefined, lead?: string): string | undefined {
  if (publicUrl === undefined) return undefined
  return `${publicUrl.replace(/\/+$/, '')}/console/leads${lead === undefined ? '' : `/${lead}`}`
}

/** How a message for people is written. */
interface TextOptions {
  readonly publicUrl?: string | undefined
  readonly isPersonal: boolean
  /** The most UTF-16 units of the whole text. A digest names fewer leads then, and counts the others. */
  readonly maxLength?: number
}

/** The text of a message for people. */
interface MessageText {
  /** Its first line. */
  readonly title: string
  readonly lines: readonly string[]
}

/** The text of a message for people: its first line, and the others. */
export function describeNotices(
  notices: readonly LeadNotice[],
  { publicUrl, isPersonal, maxLength = Infinity }: TextOptions,
): MessageText {
  const [notice] = notices
  if (!notice || notices.length > 1) return describeDigest(notices, publicUrl, maxLength)
  const { lead, form, event, details } = notice
  const link = consoleLink(publicUrl, lead)
  return {
    title: titles[event](formatLeadNumber(lead)),
    lines: [
      `Форма: ${form}`,
      ...factsOf(notice),
      ...(details.destination === undefined ? [] : [`Получатель: ${fitText(details.destination)}`]),
      ...(details.reason === undefined ? [] : [`Причина: ${fitText(details.reason)}`]),
      ...(isPersonal ? describePerson(notice) : []),
      ...(advice[event] === undefined ? [] : [advice[event]]),
      ...(link === undefined ? [] : [link]),
    ],
  }
}

/** The whole text of a message. */
export function joinText({ title, lines }: MessageText): string {
  return [title, ...lines].join('\n')
}

function factsOf(notice: LeadNotice): readonly string[] {
  const amount = amountOf(notice)
  const region = regionOf(notice)
  return [
    ...(amount === undefined ? [] : [`Сумма: ${formatAmount(amount)}`]),
    ...(region === undefined ? [] : [`Регион: ${region}`]),
  ]
}

function formatAmount(amount: number): string {
  return `${groupDigits(amount)}\u00A0₽`
}

function describeDigest(
  notices: readonly LeadNotice[],
  publicUrl: string | undefined,
  maxLength: number,
): MessageText {
  const link = consoleLink(publicUrl)
  const all = notices.slice(0, maxListed).map((notice) => {
    const amount = amountOf(notice)
    return [
      formatLeadNumber(notice.lead),
      notice.form,
      amount === undefined ? undefined : formatAmount(amount),
      regionOf(notice),
    ]
      .filter((part) => part !== undefined)
      .join(', ')
  })
  const write = (count: number): MessageText => {
    const rest = notices.length - count
    return {
      title: `Новые заявки: ${notices.length}`,
      lines: [
        ...all.slice(0, count),
        ...(rest > 0 ? [`и ещё ${rest}`] : []),
        ...(link === undefined ? [] : [link]),
      ],
    }
  }
  let count = all.length
  while (count > 0 && joinText(write(count)).length > maxLength) count -= 1
  return write(count)
}

function describePerson({ values }: LeadNotice): readonly string[] {
  const { lastName = '', firstName = '', middleName = '', phone = '', email = '' } = values
  const rows = [
    ['Имя', [lastName, firstName, middleName].filter((name) => name !== '').join(' ')],
    ['Телефон', phone],
    ['Почта', email],
  ] as const
  return rows.flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]))
}
