import type { Database, Queryable } from '../database.ts'
import type { Encryption } from './encryption.ts'
import { DecryptionError, type Envelope, open, parseEnvelope } from './sealed.ts'

/**
 * A database whose statements return decrypted values: no store has to know which columns are encrypted. What is written
 * there has the type `Sealed`.
 */
export function createEncryptedDatabase(
  database: Database,
  encryption: Pick<Encryption, 'loadKeys'>,
): Database {
  return {
    ...database,
    ...withDecryption(database, encryption),
    transaction: (work, options) =>
      database.transaction(
        (transaction) => work({ ...transaction, ...withDecryption(transaction, encryption) }),
        options,
      ),
    maintenance: withDecryption(database.maintenance, encryption),
  }
}

function withDecryption(source: Queryable, encryption: Pick<Encryption, 'loadKeys'>): Queryable {
  return {
    async query<Row>(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]> {
      const rows = await source.query<Row>(sql, parameters)
      const found = rows.flatMap(findEnvelopes)
      if (found.length === 0) return rows
      const keys = await encryption.loadKeys(source, [...new Set(found.map(({ envelope }) => envelope.lead))])
      for (const { row, column, envelope } of found) {
        const key = keys.get(envelope.lead)
        if (!key) throw new DecryptionError('The key of a lead was destroyed: the lead has been erased.')
        Object.assign(row, { [column]: open(envelope, key) })
      }
      return rows
    },
  }
}

interface EncryptedCell {
  readonly row: object
  readonly column: string
  readonly envelope: Envelope
}

function findEnvelopes(row: unknown): readonly EncryptedCell[] {
  if (typeof row !== 'object' || row === null) return []
  return Object.entries(row).flatMap(([column, value]) => {
    const envelope = parseEnvelope(value)
    return envelope ? [{ row, column, envelope }] : []
  })
}
