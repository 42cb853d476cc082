import { createRequire } from 'node:module'
import type PdfDocument from 'pdfkit'

/** The packages that write a PDF with Russian text. They are installed only where signed consents are configured. */
export interface PdfLibrary {
  readonly createDocument: (options: PDFKit.PDFDocumentOptions) => PDFKit.PDFDocument
  /** Paths of fonts. */
  readonly regular: string
  readonly bold: string
}

/** The command's arguments that install the packages. */
export const pdfPackages = 'pdfkit @expo-google-fonts/pt-sans'

/** Loads the packages; `undefined` if they are not installed. */
export async function loadPdfLibrary(): Promise<PdfLibrary | undefined> {
  const { resolve } = createRequire(import.meta.url)
  const fonts = '@expo-google-fonts/pt-sans'
  try {
    const { default: Document }: { readonly default: typeof PdfDocument } = await import('pdfkit')
    return {
      createDocument: (options) => new Document(options),
      regular: resolve(`${fonts}/400Regular/PTSans_400Regular.ttf`),
      bold: resolve(`${fonts}/700Bold/PTSans_700Bold.ttf`),
    }
  } catch {
    return undefined
  }
}
