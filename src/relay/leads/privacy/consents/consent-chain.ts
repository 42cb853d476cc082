import type { Clock } from 'pg-boss'
import type { Database, Queryable } from '../../../database/database.ts'
import type { Encryption } from '../../../database/encryption/encryption.ts'
import { type LeasedWork, startLeasedWork, type WorkRound } from '../../../database/leased-work.ts'
import type { Leases } from '../../../database/leases.ts'
import type { Log } from '../../../log.ts'
import { type ConsentProof, digestBatch, digestReceipt } from './receipt-digest.ts'
import { recordNextReceipts } from './record-receipts.ts'

/** What this depends on. */
export interface ConsentChainDeps {
  /** The database that returns decrypted values. */
  readonly database: Database
  readonly encryption: Encryption
  /** One relay at a time extends the chain. Leads are stored meanwhile. */
  readonly leases: Leases
  readonly clock: Clock
  readonly log: Log
}

/** How often there is a look for new consents. */
const intervalMs = 10_000

/** Receipts of one batch. */
const batchSize = 500

/** Starts the making of receipts, and the chaining of their digests. */
export function startConsentChain({
  database,
  encryption,
  leases,
  clock,
  log,
}: ConsentChainDeps): LeasedWork {
  async function work({ lease, repeat }: WorkRound): Promise<void> {
    await repeat(() =>
      database.transaction(async (transaction) => {
        await lease.confirm(transaction)
        return recordNextReceipts(transaction, encryption)
      }),
    )
    await repeat(async () => {
      const batch = await database.transaction(async (transaction) => {
        await lease.confirm(transaction)
        return chainNextReceipts(transaction, new Date(clock.now()))
      })
      // Who keeps the log elsewhere can prove later that nothing before this was changed.
      if (batch) log('info', 'Receipts of consents were chained', { ...batch })
      return batch?.receipts ?? 0
    })
  }

  return startLeasedWork({
    leases,
    name: 'consents',
    work,
    intervalMs,
    interruption: 'The chaining of consents was interrupted, and goes on in some seconds',
    clock,
    log,
  })
}

/** A batch that is part of the chain now. */
export interface ChainedBatch {
  readonly batch: string
  readonly receipts: number
  readonly digest: string
}

/** Appends the receipts that are not in the chain to it, as a batch. Returns `undefined` if there are none. */
export async function chainNextReceipts(
  transaction: Queryable,
  chainedAt: Date,
): Promise<ChainedBatch | undefined> {
  const proofs = await transaction.query<ConsentProof>(
    `select ${proofColumns} from anketa.consent_proofs p where p.batch is null order by p.number limit ${batchSize}`,
  )
  if (proofs.length === 0) return undefined
  const [last] = await transaction.query<{ readonly number: string; readonly digest: string }>(
    'select b.number::text, b.digest from anketa.consent_batches b order by b.number desc limit 1',
  )
  const number = String(BigInt(last?.number ?? 0) + 1n)
  const previous = last?.digest ?? ''
  const receipts = proofs.map(digestReceipt)
  const digest = digestBatch({ number, previous, chainedAt, receipts })
  await transaction.query(
    `insert into anketa.consent_batches (number, previous, digest, receipts, chained_at) values ($1, $2, $3, $4, $5)`,
    [number, previous, digest, receipts.length, chainedAt],
  )
  await transaction.query(
    `update anketa.consent_proofs p set batch = $1, digest = n.digest
     from unnest($2::bigint[], $3::text[]) as n (number, digest) where p.number = n.number`,
    [number, proofs.map((proof) => proof.number), receipts],
  )
  return { batch: number, receipts: receipts.length, digest }
}

/** The columns of a {@link ConsentProof}. A plain `order by number` would sort the text: 10 before 9. */
export const proofColumns = `number::text, lead_hash as "leadHash", form, revision, consent, page, recipients, widget,
  received_at as "receivedAt", content_digest as "contentDigest"`
