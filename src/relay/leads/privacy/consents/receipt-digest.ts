import { createHash } from 'node:crypto'
import type { ConsentReceipt } from '../../../../lead/lead.ts'

/** What is known about one consent for good. */
export interface ConsentProof {
  readonly number: string
  readonly leadHash: string
  readonly form: string
  readonly revision: number
  readonly consent: ConsentReceipt
  /** The address of the page, without a query. */
  readonly page: string | null
  /** The destinations of the form when it was received. Unknown for leads of an earlier relay. */
  readonly recipients: readonly string[] | null
  readonly widget: string
  /** When the relay received it. */
  readonly receivedAt: Date
  readonly contentDigest: string | null
}

/** What is erased with the lead. */
export interface ReceiptContent {
  /** Makes the digest tell nothing of the address: there are too few addresses to hide one behind a hash alone. */
  readonly salt: string
  readonly address: string | null
  readonly userAgent: string | null
}

/** The digest of what is erased with the lead. */
export function digestContent({ salt, address, userAgent }: ReceiptContent): string {
  return sha256([salt, address, userAgent])
}

/** The digest of a receipt. Of what can be erased it takes the digest only, so that it stays the same. */
export function digestReceipt(proof: ConsentProof): string {
  const { number, leadHash, form, revision, consent, page, recipients, widget, receivedAt, contentDigest } =
    proof
  const { id, documentUrl, version, textSha256 = null, acceptedAt } = consent
  return sha256([
    number,
    leadHash,
    form,
    revision,
    [id, documentUrl, version, textSha256, acceptedAt],
    page,
    recipients,
    widget,
    receivedAt.toISOString(),
    contentDigest,
  ])
}

/** A batch of receipts without its digest. */
export interface BatchContent {
  readonly number: string
  /** The digest of the batch before it; empty for the first. */
  readonly previous: string
  readonly chainedAt: Date
  /** The digests of its receipts, in order. */
  readonly receipts: readonly string[]
}

/** The digest of a batch. It depends on all receipts up to the last of the batch. */
export function digestBatch({ number, previous, chainedAt, receipts }: BatchContent): string {
  return sha256([number, previous, chainedAt.toISOString(), receipts])
}

/** The JSON of a list is the same for the same members. */
function sha256(members: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(members)).digest('hex')
}
