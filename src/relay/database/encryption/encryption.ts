import { createDerived } from '../../runtime/derived.ts'
import type { Database, Queryable } from '../database.ts'
import { loadRelaySecret } from '../relay-secrets.ts'
import {
  type ContactHasher,
  createContactHasher,
  createKeyRing,
  type EncryptionConfig,
  type KeyRing,
  type WrappedKey,
} from './key-ring.ts'
import { describeMissingKeys, findMissingKeys } from './missing-keys.ts'
import { seal, type Sealed } from './sealed.ts'

/** Encrypts what is stored of one lead. */
export interface LeadCipher {
  /** Encrypts `secret`, if the lead has a key. The members of `clear` stay readable for statements. */
  seal(secret: unknown, clear?: Readonly<Record<string, unknown>>): Sealed
}

/** A cipher for a lead that is about to be stored. */
export interface NewLeadCipher extends LeadCipher {
  /** What is stored as the lead's key; `undefined` if nothing is encrypted. */
  readonly wrapped: WrappedKey | undefined
  /** Keeps the key in memory once the lead is stored. */
  keep(): void
}

/** Encrypts and decrypts what is stored of leads. Each lead has a key of its own in `anketa.lead_keys`. */
export interface Encryption {
  readonly isOn: boolean
  readonly ring: KeyRing
  readonly contacts: ContactHasher
  /** From now on, new leads are encrypted with the first configured key that `isPreferred`; with the very first if none is. */
  prefer(isPreferred: (keyId: string) => boolean): void
  createLeadCipher(lead: string): NewLeadCipher
  /** The cipher of a stored lead. Call it after the lead is locked: its key may have been created a moment ago. */
  cipherOf(source: Queryable, lead: string): Promise<LeadCipher>
  /** The keys of leads; a lead whose key was destroyed is missing. */
  loadKeys(source: Queryable, leads: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
  /** Removes the keys of erased leads from memory. */
  forget(leads: readonly string[]): void
}

/** The database holds leads that were encrypted with a key which is not configured. */
export class MissingKeyError extends Error {
  override readonly name = 'MissingKeyError'
}

/** Keys that are kept in memory: those of the leads that are being delivered. */
const maxKeptKeys = 5000

/**
 * Creates the encryption. The keys may change: those that were configured before still decrypt, until this process ends,
 * because a lead may have been stored with them at that moment. `fallback` is a secret for the hashes of a relay without
 * any key.
 */
export function createEncryption(config: () => EncryptionConfig, fallback: string): Encryption {
  let formerKeys: readonly Uint8Array[] = []
  let isPreferred: (keyId: string) => boolean = () => true
  const ringNow = createDerived(config, ({ dataKeys }) => {
    const ring = createKeyRing(dataKeys, formerKeys, (keyId) => isPreferred(keyId))
    const isKept = (former: Uint8Array) => !dataKeys.some((key) => Buffer.from(key).equals(former))
    formerKeys = [...dataKeys, ...formerKeys.filter(isKept)]
    return ring
  })
  const contactsNow = createDerived(config, (known) => createContactHasher(known, fallback))
  const kept = new Map<string, Uint8Array>()

  function keep(lead: string, key: Uint8Array): void {
    kept.set(lead, key)
    const [oldest] = kept.keys()
    if (kept.size > maxKeptKeys && oldest !== undefined) kept.delete(oldest)
  }

  async function loadKeys(
    source: Queryable,
    leads: readonly string[],
  ): Promise<ReadonlyMap<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>()
    const missing = new Set<string>()
    for (const lead of leads) {
      const key = kept.get(lead)
      if (key) found.set(lead, key)
      else missing.add(lead)
    }
    if (missing.size === 0) return found
    const rows = await source.query<WrappedKey & { readonly lead: string }>(
      `select lead::text, wrapped, key_id as "keyId" from anketa.lead_keys where lead = any ($1::uuid[])`,
      [[...missing]],
    )
    for (const { lead, ...wrapped } of rows) {
      const key = ringNow().unwrap(lead, wrapped)
      keep(lead, key)
      found.set(lead, key)
    }
    return found
  }

  return {
    get isOn() {
      return ringNow().keyId !== undefined
    },
    get ring() {
      return ringNow()
    },
    get contacts() {
      return contactsNow()
    },
    prefer(isWanted) {
      isPreferred = isWanted
    },
    createLeadCipher(lead) {
      const created = ringNow().create(lead)
      return {
        seal: (secret, clear) => seal(lead, created?.key, secret, clear),
        wrapped: created?.wrapped,
        keep() {
          if (created) keep(lead, created.key)
        },
      }
    },
    async cipherOf(source, lead) {
      const key = ringNow().keyId === undefined ? undefined : (await loadKeys(source, [lead])).get(lead)
      return { seal: (secret, clear) => seal(lead, key, secret, clear) }
    },
    loadKeys,
    forget(leads) {
      for (const lead of leads) kept.delete(lead)
    },
  }
}

/**
 * Creates the encryption of a database. Throws {@link MissingKeyError} if leads there are encrypted with a key that is not
 * configured.
 */
export async function openEncryption(
  database: Database,
  config: () => EncryptionConfig,
): Promise<Encryption> {
  const encryption = createEncryption(config, await loadRelaySecret(database, 'search'))
  await checkDataKeys(database, config())
  return encryption
}

/** Throws {@link MissingKeyError} if leads of a database are encrypted with a key that is not among these. */
export async function checkDataKeys(
  database: Pick<Database, 'query'>,
  { dataKeys }: EncryptionConfig,
): Promise<void> {
  const { keyIds } = createKeyRing(dataKeys)
  const missing = await findMissingKeys(database, keyIds)
  if (missing.length === 0) return
  throw new MissingKeyError(
    `The database holds leads that are encrypted with a key which is not among "dataKeys": ${describeMissingKeys(missing)}; configured: ${keyIds.join(', ') || 'none'}. Nothing was changed. Add that key as the last one of "dataKeys", and start or reload again.`,
  )
}
