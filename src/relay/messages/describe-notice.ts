import { groupDigits } from '../../fields/text/group-digits.ts'
import { formatLeadNumber } from '../../lead/lead-number.ts'
import type { LeadNotice } from './receiver.ts'
import type { StatusEvent } from './status-events.ts'

/** The most leads that a digest names. A message of Telegram has 4,096 characters. */
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

/** The longest part of a line, so that a message never has more characters than Telegram takes. */
const maxPartLength = 300

function cut(text: string): string {
  return text.length > maxPartLength ? `${text.slice(0, maxPartLength).toWellFormed()}…` : text
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
  return found === undefined ? undefined : cut(found)
}

/** The address of a lead in the console, or of all leads. */
export function consoleLink(publicUrl: string | undefined, lead?: string): string | undefined {
  if (publicUrl === undefined) return undefined
  return `${publicUrl.replace(/\/+$/, '')}/console/leads${lead === undefined ? '' : `/${lead}`}`
}

/** The text of a message for people: its first line, and the others. */
export function describeNotices(
  notices: readonly LeadNotice[],
  { publicUrl, isPersonal }: { readonly publicUrl?: string | undefined; readonly isPersonal: boolean },
): { readonly title: string; readonly lines: readonly string[] } {
  const [notice] = notices
  if (!notice || notices.length > 1) return describeDigest(notices, publicUrl)
  const { lead, form, event, details } = notice
  const link = consoleLink(publicUrl, lead)
  return {
    title: titles[event](formatLeadNumber(lead)),
    lines: [
      `Форма: ${form}`,
      ...factsOf(notice),
      ...(details.destination === undefined ? [] : [`Получатель: ${details.destination}`]),
      ...(details.reason === undefined ? [] : [`Причина: ${cut(details.reason)}`]),
      ...(isPersonal ? describePerson(notice) : []),
      ...(advice[event] === undefined ? [] : [advice[event]]),
      ...(link === undefined ? [] : [link]),
    ],
  }
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

function describeDigest(notices: readonly LeadNotice[], publicUrl: string | undefined) {
  const link = consoleLink(publicUrl)
  const listed = notices.slice(0, maxListed).map((notice) => {
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
  const rest = notices.length - listed.length
  return {
    title: `Новые заявки: ${notices.length}`,
    lines: [...listed, ...(rest > 0 ? [`и ещё ${rest}`] : []), ...(link === undefined ? [] : [link])],
  }
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
