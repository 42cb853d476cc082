import { type PgBoss, systemClock } from 'pg-boss'
import type { Database } from '../../database/database.ts'
import { createEncryptedDatabase } from '../../database/encryption/encrypted-database.ts'
import { type Encryption, openEncryption } from '../../database/encryption/encryption.ts'
import type { EncryptionConfig } from '../../database/encryption/key-ring.ts'
import { prepareDatabase } from '../../leads/recovery/prepare-database.ts'

/** Works on a database that no relay has locked. */
export async function withLeads<Result>(
  database: Database,
  config: EncryptionConfig,
  work: (decrypted: Database, encryption: Encryption, boss: PgBoss) => Promise<Result>,
): Promise<Result> {
  const { boss } = await prepareDatabase(database, systemClock, () => {})
  try {
    const encryption = await openEncryption(database, () => config)
    return await work(createEncryptedDatabase(database, encryption), encryption, boss)
  } finally {
    await boss.stop({ graceful: false })
  }
}
