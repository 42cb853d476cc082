import type { PdfLibrary } from './pdf-library.ts'

/** Writes a PDF of headings and of lines with labels, A4. */
export interface PdfWriter {
  /** Begins a section, on a new page if only its first lines fit on this one. */
  heading(text: string): void
  text(text: string): void
  /** Writes a line, unless there is no value. */
  line(label: string, value: string | undefined): void
  end(): Promise<Buffer>
}

const margin = 56

/** The height of a heading with its first lines, in points. */
const minSectionHeight = 110

/** Creates a PDF with its title. */
export function createPdf(
  { createDocument, regular, bold }: PdfLibrary,
  { title, createdAt }: { readonly title: string; readonly createdAt: Date },
): PdfWriter {
  const document = createDocument({
    size: 'A4',
    margin,
    lang: 'ru',
    info: { Title: title, CreationDate: createdAt },
  })
  const chunks: Buffer[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
  })
  document.font(bold).fontSize(16).text(title).font(regular).fontSize(10)

  return {
    heading(text) {
      if (document.y > document.page.height - margin - minSectionHeight) document.addPage()
      document.moveDown(0.8).font(bold).fontSize(12).text(text).moveDown(0.3).font(regular).fontSize(10)
    },
    text(text) {
      document.text(text)
    },
    line(label, value) {
      if (value === undefined || value === '') return
      document.font(bold).text(`${label}: `, { continued: true }).font(regular).text(value)
    },
    end() {
      document.end()
      return done
    },
  }
}
