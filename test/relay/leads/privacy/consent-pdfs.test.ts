import { writeFile } from 'node:fs/promises'
import PdfDocument from 'pdfkit'
import { expect, it } from 'vitest'
import {
  type ExportedReceipt,
  renderReceipts,
} from '../../../../src/relay/leads/privacy/consents/render-receipts.ts'
import { describeRecipient } from '../../../../src/relay/leads/privacy/consents/recipients.ts'
import { loadPdfLibrary, type PdfLibrary } from '../../../../src/relay/leads/privacy/signed/pdf-library.ts'
import { renderSignedConsent } from '../../../../src/relay/leads/privacy/signed/render-pdf.ts'
import { formEntry, inventLead } from '../../support/invented.ts'

/** The library, with the texts that are written: in a file they are glyphs of a part of the font. */
async function loadRecordingLibrary(): Promise<{ readonly library: PdfLibrary; readonly texts: string[] }> {
  const loaded = await loadPdfLibrary()
  if (!loaded) throw new Error('The packages for PDFs are not installed.')
  const texts: string[] = []
  class RecordingDocument extends PdfDocument {
    override text(
      text: string,
      x?: number | PDFKit.Mixins.TextOptions,
      y?: number,
      options?: PDFKit.Mixins.TextOptions,
    ): this {
      texts.push(text)
      return typeof x === 'number' ? super.text(text, x, y, options) : super.text(text, x)
    }
  }
  return { library: { ...loaded, createDocument: (options) => new RecordingDocument(options) }, texts }
}

/** Writes a PDF to a folder that the environment names, to be looked at. */
async function keep(name: string, pdf: Buffer): Promise<void> {
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  const folder = process.env['ANKETA_PDF_FOLDER']
  if (folder !== undefined) await writeFile(`${folder}/${name}.pdf`, pdf)
}

const recipients = ['devtek-0a1b2c3d', 'admitad network, campaigns 17809, 17288', 'webhook crm']

function inventReceipt(number: number, rest: Partial<ExportedReceipt> = {}): ExportedReceipt {
  return {
    number,
    form: 'main',
    revision: 2,
    consent: {
      id: number === 2 ? 'transfer' : 'processing',
      documentUrl: 'https://example.ru/consent/2026-09-01.html',
      version: '2026-09-01',
      textSha256: 'ab'.repeat(32),
      acceptedAt: '2026-11-22T14:00:07+05:00',
    },
    page: 'https://landing.example.ru/loan',
    recipients,
    widget: '0.1.0',
    receivedAt: new Date('2026-11-22T09:00:09Z'),
    contentDigest: 'cd'.repeat(32),
    leadHash: 'ef'.repeat(32),
    digest: '12'.repeat(32),
    batch: 7,
    batchDigest: '34'.repeat(32),
    salt: 'invented',
    address: '192.0.2.7',
    userAgent: 'Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 Chrome/152.0.0.0 Mobile Safari/537.36',
    ...rest,
  }
}

it('writes the receipts of a person for people, with everything that proves them', async () => {
  const { library, texts } = await loadRecordingLibrary()
  const { salt: _, address: __, userAgent: ___, ...erased } = inventReceipt(3)
  const receipts = [
    inventReceipt(1),
    inventReceipt(2, { digest: null, batch: null, batchDigest: null }),
    erased,
  ]
  await keep(
    'receipts',
    await renderReceipts(library, {
      person: { kind: 'phone', value: '+79000000088' },
      receipts,
      madeAt: new Date('2026-11-29T09:00:00Z'),
    }),
  )
  const written = texts.join('\n')
  for (const part of [
    '+79000000088',
    '29.11.2026 12:00:00 по московскому времени',
    'https://example.ru/consent/2026-09-01.html',
    '2026-09-01',
    'ab'.repeat(32),
    // The person's own offset.
    '22.11.2026 14:00:07, UTC+05:00',
    '22.11.2026 12:00:09 по московскому времени',
    'https://landing.example.ru/loan',
    'Devtek; Admitad (network), программы 17809, 17288; crm',
    '192.0.2.7',
    'стёрт вместе с заявкой',
    'ещё не посчитан',
    'cd'.repeat(32),
    'ef'.repeat(32),
    '12'.repeat(32),
    '34'.repeat(32),
    'anketa-relay consents verify',
  ])
    expect(written).toContain(part)
  expect(texts.filter((text) => text === '192.0.2.7')).toHaveLength(2)
})

it('says that a person has given no consent here', async () => {
  const { library, texts } = await loadRecordingLibrary()
  const person = { kind: 'email', value: 'nobody@example.ru' } as const
  await renderReceipts(library, { person, receipts: [], madeAt: new Date('2026-11-29T09:00:00Z') })
  expect(texts).toContain('Согласий этого человека здесь нет.')
})

it('writes a signed consent with the recipients of the data', async () => {
  const { library, texts } = await loadRecordingLibrary()
  const invented = inventLead()
  const { birthDate: _, ...values } = invented.values
  const lead = { ...invented, values, attribution: {}, receivedAt: new Date('2026-11-22T09:00:09Z') }
  const { operator, consents } = formEntry()
  await keep(
    'signed',
    await renderSignedConsent(library, { lead, definition: { operator, consents }, recipients }),
  )
  const [written, start] = [texts.join('\n'), texts.indexOf('Кому передаются данные')]
  expect(texts.slice(start + 1, start + 4)).toEqual([
    '— Devtek',
    '— Admitad (network), программы 17809, 17288',
    '— crm',
  ])
  expect(written).toContain('22.11.2026 12:00:00, UTC+03:00')
})

it.each([
  ['devtek-0a1b2c3d', 'Devtek'],
  ['lotinfo-0a1b2c3d-2', 'Lotinfo'],
  ['devtek', 'Devtek'],
  ['fivecrm sales', '5CRM (sales)'],
  ['admitad-0a1b2c3d, campaigns 65', 'Admitad, программа 65'],
  ['http network', 'network'],
  ['Партнёр №1', 'Партнёр №1'],
])('names %j as %j', (stored, name) => {
  expect(describeRecipient(stored)).toBe(name)
})
