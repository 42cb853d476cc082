import { formatMoment, formatMoscowDateTime } from '../../../../lead/calendar-date.ts'
import type { ConsentReceipt } from '../../../../lead/lead.ts'
import type { Person } from '../erasure.ts'
import type { PdfLibrary } from '../signed/pdf-library.ts'
import { createPdf, type PdfWriter } from '../signed/write-pdf.ts'
import { describeRecipient } from './recipients.ts'

/** A receipt as it is exported: with everything that its digests are made of. */
export interface ExportedReceipt {
  readonly number: number
  readonly form: string
  readonly revision: number
  readonly consent: ConsentReceipt
  readonly page: string | null
  readonly recipients: readonly string[] | null
  readonly widget: string
  readonly receivedAt: Date
  readonly contentDigest: string | null
  readonly leadHash: string
  /** The receipt's own digest, and its batch; null while it is not in the chain yet. */
  readonly digest: string | null
  readonly batch: number | null
  readonly batchDigest: string | null
  /** What is erased with the lead. */
  readonly salt?: string
  readonly address?: string | null
  readonly userAgent?: string | null
}

/** The receipts of one person. */
export interface PersonReceipts {
  readonly person: Person
  readonly receipts: readonly ExportedReceipt[]
  readonly madeAt: Date
}

/** Renders the receipts of one person as a PDF for people: for the person, for an authority, for a court. */
export function renderReceipts(
  library: PdfLibrary,
  { person, receipts, madeAt }: PersonReceipts,
): Promise<Buffer> {
  const pdf = createPdf(library, { title: 'Подтверждения согласий', createdAt: madeAt })
  pdf.heading('О документе')
  pdf.line(
    'Чьи согласия',
    person.kind === 'phone' ? `человека с телефоном ${person.value}` : `человека с почтой ${person.value}`,
  )
  pdf.line('Составлен', `${formatMoscowDateTime(madeAt)} по московскому времени`)
  pdf.line('Подтверждений', String(receipts.length))
  if (receipts.length === 0) pdf.text('Согласий этого человека здесь нет.')
  for (const receipt of receipts) renderReceipt(pdf, receipt)
  if (receipts.length > 0) {
    pdf.heading('Как проверить')
    for (const text of verification) pdf.text(text)
  }
  return pdf.end()
}

const names: Readonly<Record<string, string>> = {
  processing: 'обработка персональных данных',
  transfer: 'передача данных получателям',
  advertising: 'получение рекламы',
}

function renderReceipt({ heading, line }: PdfWriter, receipt: ExportedReceipt): void {
  const { consent, recipients, receivedAt, digest, batch, batchDigest } = receipt
  heading(`Подтверждение ${receipt.number}: ${names[consent.id] ?? `согласие «${consent.id}»`}`)
  line('Документ', consent.documentUrl)
  line('Редакция документа', consent.version)
  line(
    'SHA-256 показанного текста',
    consent.textSha256 ?? 'нет: браузер считает его только на страницах с https',
  )
  line('Отметка поставлена', formatMoment(consent.acceptedAt))
  line('Страница', receipt.page ?? 'не записана: заявку приняла ранняя версия')
  line('Форма', receipt.form)
  line('Номер отправки заявки', String(receipt.revision))
  line('Заявка получена', `${formatMoscowDateTime(receivedAt)} по московскому времени`)
  line('Получатели данных', recipients?.map(describeRecipient).join('; ') ?? 'не записаны')
  line('Адрес в сети', describeErasable(receipt.address))
  line('Браузер', describeErasable(receipt.userAgent))
  line('Версия формы', receipt.widget)
  line('Отпечаток адреса и браузера', receipt.contentDigest ?? undefined)
  line('Отпечаток номера заявки', receipt.leadHash)
  line('Отпечаток подтверждения', digest ?? 'ещё не посчитан: это делается за несколько секунд')
  if (batch === null) return
  line('Группа подтверждений', String(batch))
  line('Отпечаток группы', batchDigest ?? 'утерян')
}

/** `undefined` is what was erased, or never known; null is what the relay did not see. */
function describeErasable(value: string | null | undefined): string {
  return value === undefined ? 'стёрт вместе с заявкой' : (value ?? 'не передан')
}

const verification: readonly string[] = [
  'Отпечаток — это SHA-256. Отпечаток подтверждения посчитан из всех его сведений; вместо сетевого адреса и браузера в него входит их отпечаток, поэтому он не меняется, когда адрес и браузер стирают.',
  'Отпечаток группы посчитан из отпечатков её подтверждений и отпечатка предыдущей группы. Если изменить, добавить или убрать хотя бы одно подтверждение, отпечатки этой и всех следующих групп не сойдутся.',
  'Оператор проверяет всю цепочку командой: anketa-relay consents verify --config anketa.relay.json --known ОТПЕЧАТОК. Вместо слова ОТПЕЧАТОК нужен отпечаток группы, записанный раньше в другом месте, например в журнале работы.',
  'Те же подтверждения в точном виде, с солью отпечатков, есть в выгрузке JSON. Как посчитать отпечатки самостоятельно, описано в docs/privacy.md.',
]
