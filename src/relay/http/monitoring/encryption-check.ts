import type { Database } from '../../database/database.ts'
import type { KeyRing } from '../../database/encryption/key-ring.ts'
import {
  describeMissingKeys,
  findMissingKeys,
  type MissingKey,
} from '../../database/encryption/missing-keys.ts'
import type { SharedKeys } from '../../database/encryption/shared-keys.ts'
import type { HealthCheck } from './health-check.ts'

/** What it means that a relay has no keys. */
export const noKeysText =
  'No "dataKeys" are configured: what people enter is stored as plain text, in the database, in its files and in every backup, and an erased person stays readable in older backups and in files of the database until they are overwritten. Make a key with "anketa-relay key", keep it outside of the database\'s machine as well, and name it in "dataKeys".'

/** How long a look for missing keys holds, in real time. */
const lookAgeMs = 2000

/** Reports whether leads are encrypted, and which of them this relay cannot read. */
export function createEncryptionCheck(
  database: Pick<Database, 'exclusive' | 'query'>,
  ring: Pick<KeyRing, 'keyId' | 'keyIds'>,
  sharedKeys: Pick<SharedKeys, 'areSame'>,
): HealthCheck {
  const facts =
    ring.keyId === undefined
      ? { leads: 'plain text', meaning: noKeysText }
      : { leads: 'encrypted', key: ring.keyId }
  let look: { readonly at: number; readonly missing: Promise<readonly MissingKey[]> } | undefined

  /** Only another relay can store what this one cannot read: it does not start otherwise. */
  async function findMissing(): Promise<readonly MissingKey[]> {
    if (database.exclusive) return []
    if (look === undefined || performance.now() - look.at > lookAgeMs)
      // A database that does not answer is reported elsewhere.
      look = { at: performance.now(), missing: findMissingKeys(database, ring.keyIds).catch(() => []) }
    return look.missing
  }

  return {
    name: 'encryption',
    async check() {
      const missing = await findMissing()
      const waits = sharedKeys.areSame()
        ? {}
        : {
            waiting:
              'The running relays have different "dataKeys" or another "searchKey": stored leads are brought to the first key when all have the same.',
          }
      if (missing.length === 0) return { status: 'ok', facts: { ...facts, ...waits } }
      return {
        status: 'degraded',
        reason: `Leads are encrypted with keys that this relay does not have: ${describeMissingKeys(missing)}. They are kept and wait. Add the keys to "dataKeys" of this relay, and reload its configuration.`,
        facts: { ...facts, ...waits, missingKeys: missing },
      }
    },
  }
}
