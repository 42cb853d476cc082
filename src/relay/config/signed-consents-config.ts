import { optional, strictObject } from 'valibot'
import { loadPdfLibrary, type PdfLibrary, pdfPackages } from '../leads/privacy/signed/pdf-library.ts'
import { boundedCount } from './values/bounded-count.ts'

/** `signedConsents` in a configuration. */
export const signedConsentsSchema = strictObject({
  linkDays: optional(boundedCount('days', 1, 3650), 30),
})

/** How PDFs of consents are made and served. */
export interface SignedConsentsConfig {
  /** The number of days after which an address ends. */
  readonly linkDays: number
  /** The address of the relay. */
  readonly publicUrl: string
  readonly library: PdfLibrary
}

/** What a configuration says of signed consents, or what is wrong with it. */
export interface ResolvedSignedConsents {
  readonly signedConsents?: SignedConsentsConfig
  readonly problems: readonly string[]
}

/** Loads what signed consents need, or says what is missing. */
export async function resolveSignedConsents(
  {
    signedConsents,
    publicUrl,
  }: {
    readonly signedConsents?: { readonly linkDays: number } | undefined
    readonly publicUrl?: string | undefined
  },
  hasKeys: boolean,
): Promise<ResolvedSignedConsents> {
  if (!signedConsents) return { problems: [] }
  const problems: string[] = []
  if (!publicUrl?.startsWith('https://'))
    problems.push('signedConsents: expected "publicUrl" with https, under which receivers read the consents')
  if (!hasKeys) problems.push('signedConsents: expected "dataKeys": the consents are stored encrypted only')
  const library = await loadPdfLibrary()
  if (!library) problems.push(`signedConsents: packages are not installed here: npm install ${pdfPackages}`)
  return library && publicUrl !== undefined && problems.length === 0
    ? { signedConsents: { linkDays: signedConsents.linkDays, publicUrl, library }, problems }
    : { problems }
}
