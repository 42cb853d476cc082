import { createHash, createHmac, randomBytes } from 'node:crypto'
import { deriveSecret } from '../../runtime/hash.ts'
import { DecryptionError, decrypt, encrypt } from './sealed.ts'

/** The configured keys. Each has 32 bytes. */
export interface EncryptionConfig {
  /** The first one encrypts, all of them decrypt. Without any, nothing is encrypted. */
  readonly dataKeys: readonly Uint8Array[]
  /** The key of the hashes by which a person is found. */
  readonly searchKey?: Uint8Array | undefined
}

/** A lead's own key, encrypted with one of the configured keys. */
export interface WrappedKey {
  readonly wrapped: string
  /** Names the configured key without telling anything of it. */
  readonly keyId: string
}

/** Wraps and unwraps the keys of leads. */
export interface KeyRing {
  /** The name of the first key; `undefined` if nothing is encrypted. */
  readonly keyId: string | undefined
  /** The names of all configured keys. */
  readonly keyIds: readonly string[]
  /** Creates a key for a lead. */
  create(lead: string): { readonly key: Uint8Array; readonly wrapped: WrappedKey } | undefined
  /** Wraps a key with the first key. */
  wrap(lead: string, key: Uint8Array): WrappedKey
  /** Throws {@link DecryptionError} if the configured key is missing. */
  unwrap(lead: string, wrapped: WrappedKey): Uint8Array
}

/**
 * Creates the ring of the configured keys. `formerKeys` decrypt, too. Keys of leads are created for the first configured key
 * that `isPreferred` at that moment; for the very first if none is.
 */
export function createKeyRing(
  dataKeys: readonly Uint8Array[],
  formerKeys: readonly Uint8Array[] = [],
  isPreferred: (keyId: string) => boolean = () => true,
): KeyRing {
  const keys = new Map([...dataKeys, ...formerKeys].map((key) => [nameKey(key), key]))
  const configured = dataKeys.map((key) => [nameKey(key), key] as const)
  const [first] = configured
  function wrapWith(wrapping: typeof first, lead: string, key: Uint8Array): WrappedKey {
    if (!wrapping) throw new DecryptionError('There is no key to encrypt with.')
    return { wrapped: encrypt(wrapping[1], key, lead), keyId: wrapping[0] }
  }
  return {
    keyId: first?.[0],
    keyIds: configured.map(([keyId]) => keyId),
    create(lead) {
      if (!first) return undefined
      const preferred = configured.find(([keyId]) => isPreferred(keyId)) ?? first
      const key = randomBytes(32)
      return { key, wrapped: wrapWith(preferred, lead, key) }
    },
    wrap: (lead, key) => wrapWith(first, lead, key),
    unwrap(lead, { wrapped, keyId }) {
      const key = keys.get(keyId)
      if (!key) throw new DecryptionError(`The key ${keyId} is not among "dataKeys".`)
      return decrypt(key, wrapped, lead)
    },
  }
}

/** A short name of a key, from which the key cannot be found. */
export function nameKey(key: Uint8Array): string {
  return createHash('sha256').update('anketa key name').update(key).digest('hex').slice(0, 12)
}

/** The ways in which a person is found. */
export type ContactKind = 'phone' | 'email'

/** What is hashed: a contact, or the last name that the console looks for. */
export type HashedKind = ContactKind | 'name'

/** Hashes what a person is found by. */
export interface ContactHasher {
  /** Names the key of the hashes. */
  readonly keyId: string
  hash(kind: HashedKind, value: string): string
}

/** Creates the hasher. `fallback` is a secret of the database, for a relay without any key. */
export function createContactHasher(
  { dataKeys, searchKey }: EncryptionConfig,
  fallback: string,
): ContactHasher {
  const last = dataKeys.at(-1)
  const secret = searchKey ?? last
  const key = deriveSecret(
    secret === undefined ? fallback : Buffer.from(secret).toString('base64'),
    'search for a person',
    32,
  )
  return {
    keyId: nameKey(key),
    hash: (kind, value) =>
      createHmac('sha256', key)
        .update(`${kind}:${normalizeContact(kind, value)}`)
        .digest('hex'),
  }
}

/** One spelling of a phone, an e-mail address or a last name. */
export function normalizeContact(kind: HashedKind, value: string): string {
  if (kind === 'name') return normalizePersonName(value)
  if (kind === 'email') return value.trim().toLowerCase()
  const digits = value.replace(/\D/g, '')
  if (digits.length === 10) return `+7${digits}`
  return digits.length === 11 && digits.startsWith('8') ? `+7${digits.slice(1)}` : `+${digits}`
}

/** One spelling of a name: in small letters, with е for ё, and with one space where it has hyphens or spaces. */
export function normalizePersonName(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\s\u2010-\u2015-]+/g, ' ')
    .trim()
}
