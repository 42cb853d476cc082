import type { FormDefinition } from '../../../../form/definition.ts'
import { commonRu } from '../../../../i18n/ru/common.ts'
import { formatMoment, formatMoscowDateTime, formatRussianDate } from '../../../../lead/calendar-date.ts'
import type { DeliverableLead } from '../../../../lead/lead.ts'
import type { LeadValues } from '../../../../lead/values.ts'
import { describeRecipient } from '../consents/recipients.ts'
import type { PdfLibrary } from './pdf-library.ts'
import { createPdf } from './write-pdf.ts'

/** What a signed consent says. */
export interface SignedConsentContent {
  readonly lead: DeliverableLead
  readonly definition: Pick<FormDefinition, 'operator' | 'consents'>
  /** To whom the lead goes, as receipts name them. */
  readonly recipients: readonly string[]
}

/** Renders the consents of a lead with the data of the person as a PDF. */
export function renderSignedConsent(
  library: PdfLibrary,
  { lead, definition, recipients }: SignedConsentContent,
): Promise<Buffer> {
  const pdf = createPdf(library, {
    title: 'Согласие на обработку персональных данных',
    createdAt: lead.receivedAt,
  })
  const { heading, line } = pdf

  const { operator } = definition
  heading('Кому дано согласие')
  line('Оператор', operator.name)
  line('Адрес', operator.address)
  line('Отозвать согласие', operator.withdrawalContact)

  heading('Кто дал согласие')
  for (const [label, value] of describePerson(lead.values)) line(label, value)

  for (const receipt of lead.consents) {
    // The form may have another text by now.
    const consent = definition.consents.find(
      ({ id, version, documentUrl }) =>
        id === receipt.id && version === receipt.version && documentUrl === receipt.documentUrl,
    )
    heading(consent ? (consent.text ?? defaultText(consent.id)) : `Согласие «${receipt.id}»`)
    line('Документ', receipt.documentUrl)
    line('Редакция', receipt.version)
    line('Отметка поставлена', formatMoment(receipt.acceptedAt))
    line('SHA-256 показанного текста', receipt.textSha256)
  }

  if (recipients.length > 0) {
    heading('Кому передаются данные')
    for (const recipient of recipients) pdf.text(`— ${describeRecipient(recipient)}`)
  }

  heading('Как дано согласие')
  pdf.text('Согласие дано отметками в форме на сайте, при отправке заявки.')
  line('Страница', lead.page.url)
  line('Заявка получена', `${formatMoscowDateTime(lead.receivedAt)} по московскому времени`)
  line('Номер заявки в системе', lead.id)
  return pdf.end()
}

function defaultText(id: string): string {
  const { processing, transfer, advertising } = commonRu.consents
  return id === 'transfer' ? transfer : id === 'advertising' ? advertising : processing
}

/** What identifies a person in a consent, as far as the form asks for it. */
function describePerson(
  values: LeadValues,
): readonly (readonly [label: string, value: string | undefined])[] {
  const text = (name: keyof LeadValues): string | undefined => {
    const value = values[name]
    return value === undefined ? undefined : String(value)
  }
  const join = (...names: readonly (keyof LeadValues)[]): string =>
    names.flatMap((name) => text(name) ?? []).join(' ')
  const date = (name: keyof LeadValues): string | undefined => {
    const value = text(name)
    return value === undefined ? undefined : formatRussianDate(value)
  }
  const address = [
    text('registrationRegion'),
    text('registrationCity'),
    text('registrationStreet'),
    text('registrationHouse'),
    text('registrationHousing'),
    text('registrationApartment'),
  ]
  return [
    ['Фамилия, имя, отчество', join('lastName', 'firstName', 'middleName')],
    ['Дата рождения', date('birthDate')],
    ['Паспорт', join('passportSeries', 'passportNumber')],
    ['Паспорт выдан', [text('passportIssuedBy'), date('passportIssuedDate')].filter(Boolean).join(', ')],
    ['Код подразделения', text('passportIssuedCode')],
    ['Адрес регистрации', address.filter(Boolean).join(', ')],
    ['Телефон', text('phone')],
    ['Электронная почта', text('email')],
  ]
}
