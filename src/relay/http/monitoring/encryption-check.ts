import type { HealthCheck } from './health-check.ts'

/** What it means that a relay has no keys. */
export const noKeysText =
  'No "dataKeys" are configured: what people enter is stored as plain text, in the database, in its files and in every backup, and an erased person stays readable in older backups and in files of the database until they are overwritten. Make a key with "anketa-relay key", keep it outside of the database\'s machine as well, and name it in "dataKeys".'

/** Reports in the details of health whether leads are encrypted. */
export function createEncryptionCheck(keyId: string | undefined): HealthCheck {
  const facts =
    keyId === undefined ? { leads: 'plain text', meaning: noKeysText } : { leads: 'encrypted', key: keyId }
  return { name: 'encryption', check: async () => ({ status: 'ok', facts }) }
}
