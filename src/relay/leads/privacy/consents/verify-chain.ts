import type { Queryable } from '../../../database/database.ts'
import { DecryptionError } from '../../../database/encryption/sealed.ts'
import type { ChainReport } from './chain-report.ts'
import { proofColumns } from './consent-chain.ts'
import {
  type ConsentProof,
  digestBatch,
  digestContent,
  digestReceipt,
  type ReceiptContent,
} from './receipt-digest.ts'

interface BatchRow {
  readonly number: string
  readonly previous: string
  readonly digest: string
  readonly receipts: number
  readonly chainedAt: Date
}

/** Batches that one statement reads. */
const pageSize = 200

/** A report is for people. */
const maxProblems = 50

/**
 * Computes all digests again. `known` is the digest of a batch that was noted before. `database` returns decrypted values.
 */
export async function verifyChain(database: Queryable, known?: string): Promise<ChainReport> {
  const problems: string[] = []
  const counts = { batches: 0, receipts: 0, erased: 0 }
  let previous: BatchRow | undefined
  let isKnownThere = known === undefined
  for (;;) {
    const page = await readBatches(database, previous?.number ?? '0')
    if (page.length === 0) break
    for (const batch of page) {
      if (batch.number !== String(BigInt(previous?.number ?? 0) + 1n))
        problems.push(`Batches before batch ${batch.number} are missing.`)
      if (batch.previous !== (previous?.digest ?? ''))
        problems.push(`Batch ${batch.number} does not follow the batch before it.`)
      const found = await verifyBatch(database, batch)
      problems.push(...found.problems)
      counts.batches += 1
      counts.receipts += found.receipts
      counts.erased += found.erased
      isKnownThere ||= batch.digest === known?.toLowerCase()
      previous = batch
    }
  }
  if (!isKnownThere) problems.push('No batch has the known digest: the chain was written again or cut off.')
  const unproven = await countUnproven(database)
  if (unproven.missing > 0) problems.push(`The receipts of ${unproven.missing} revisions are missing.`)
  if (unproven.stray > 0) problems.push(`${unproven.stray} receipts belong to batches that do not exist.`)
  return {
    intact: problems.length === 0,
    ...counts,
    waiting: unproven.waiting,
    head: previous?.digest,
    problems: problems.slice(0, maxProblems),
  }
}

function readBatches(database: Queryable, after: string): Promise<readonly BatchRow[]> {
  return database.query<BatchRow>(
    `select number::text, previous, digest, receipts, chained_at as "chainedAt"
     from anketa.consent_batches b where b.number > $1 order by b.number limit ${pageSize}`,
    [after],
  )
}

interface BatchReport {
  readonly receipts: number
  readonly erased: number
  readonly problems: readonly string[]
}

async function verifyBatch(database: Queryable, batch: BatchRow): Promise<BatchReport> {
  const { number, previous, digest, receipts: expected, chainedAt } = batch
  const proofs = await database.query<ConsentProof & { readonly digest: string | null }>(
    `select ${proofColumns}, digest from anketa.consent_proofs p where p.batch = $1 order by p.number`,
    [number],
  )
  const receipts = proofs.map(digestReceipt)
  const problems = proofs
    .filter((proof, index) => proof.digest !== receipts[index])
    .map((proof) => `Receipt ${proof.number} of batch ${number} was changed.`)
  if (proofs.length !== expected)
    problems.push(`Batch ${number} has ${proofs.length} receipts, and had ${expected} when it was chained.`)
  if (digestBatch({ number, previous, chainedAt, receipts }) !== digest)
    problems.push(`Batch ${number} does not have the digest of its receipts.`)
  const contents = await verifyContents(database, number)
  return {
    receipts: proofs.length,
    erased: proofs.length - contents.found,
    problems: [...problems, ...contents.problems],
  }
}

/** Verifies what has not been erased. */
async function verifyContents(
  database: Queryable,
  batch: string,
): Promise<{ readonly found: number; readonly problems: readonly string[] }> {
  const rows = await database
    .query<{ readonly number: string; readonly content: ReceiptContent; readonly contentDigest: string }>(
      `select number::text, content, content_digest as "contentDigest" from anketa.consent_proofs p
       where p.batch = $1 and content is not null order by p.number`,
      [batch],
    )
    .catch((error: unknown) => {
      if (error instanceof DecryptionError) return undefined
      throw error
    })
  if (!rows)
    return { found: 0, problems: [`An address in batch ${batch} was changed, or its key is missing.`] }
  return {
    found: rows.length,
    problems: rows
      .filter(({ content, contentDigest }) => digestContent(content) !== contentDigest)
      .map(({ number }) => `The address or the browser of receipt ${number} was changed.`),
  }
}

interface Unproven {
  readonly waiting: number
  readonly missing: number
  readonly stray: number
}

async function countUnproven(database: Queryable): Promise<Unproven> {
  const [row] = await database.query<Unproven>(
    `select
       ((select count(*) from anketa.consents_to_prove)
         + (select count(*) from anketa.consent_proofs where batch is null))::int as waiting,
       (select count(*) from anketa.revisions r where r.consents <> '[]'::jsonb
          and not exists (
            select from anketa.consents_to_prove q where q.lead = r.lead and q.revision = r.revision)
          and not exists (
            select from anketa.consent_proofs p
            where p.lead_hash = encode(sha256(convert_to(r.lead::text, 'UTF8')), 'hex')
              and p.revision = r.revision))::int as missing,
       (select count(*) from anketa.consent_proofs p where p.batch is not null
          and not exists (select from anketa.consent_batches b where b.number = p.batch))::int as stray`,
  )
  return row ?? { waiting: 0, missing: 0, stray: 0 }
}
