import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { brand, type InferOutput, object, parse, pipe, safeParse, string } from 'valibot'
import { toStorableJson } from '../connection/storable.ts'

const sealedSchema = pipe(string(), brand('Sealed'))

/**
 * JSON for a column that holds what a person has entered. With a key its secret part is encrypted. Nothing else makes
 * values of this type, so that a statement whose parameters are typed with it cannot store plain text by mistake.
 */
export type Sealed = InferOutput<typeof sealedSchema>

/** What is stored of an encrypted value, beside its clear members. */
const envelopeSchema = object({ $sealed: string() })

/** The version of the format, the lead, and nonce, tag and content in base64. */
const envelopePattern = /^1:([0-9a-f-]{36}):([A-Za-z0-9+/=]+)$/

/** An encrypted value that was read from the database. */
export interface Envelope {
  readonly lead: string
  readonly content: string
  /** The members beside it, which are not encrypted. */
  readonly clear: Readonly<Record<string, unknown>>
}

/** Encrypts `secret` with the key of a lead. Without a key it is stored as it is. `clear` stays readable for statements. */
export function seal(
  lead: string,
  key: Uint8Array | undefined,
  secret: unknown,
  clear: Readonly<Record<string, unknown>> = {},
): Sealed {
  const content =
    key === undefined
      ? secret
      : { ...clear, $sealed: `1:${lead}:${encrypt(key, toStorableJson(JSON.stringify(secret)), lead)}` }
  return parse(sealedSchema, JSON.stringify(content))
}

/** Parses a value of a row; `undefined` if it is not encrypted. */
export function parseEnvelope(value: unknown): Envelope | undefined {
  if (typeof value !== 'object' || value === null || !('$sealed' in value)) return undefined
  const parsed = safeParse(envelopeSchema, value)
  const [, lead, content] = parsed.success ? (envelopePattern.exec(parsed.output.$sealed) ?? []) : []
  if (lead === undefined || content === undefined) return undefined
  const { $sealed: _, ...clear } = value
  return { lead, content, clear }
}

/** Decrypts a value. What has been changed beside the encrypted part since holds. Throws {@link DecryptionError}. */
export function open({ lead, content, clear }: Envelope, key: Uint8Array): unknown {
  const secret: unknown = JSON.parse(decrypt(key, content, lead).toString('utf8'))
  return Object.keys(clear).length === 0 ? secret : { ...Object(secret), ...clear }
}

/** What was stored cannot be decrypted: it was changed, or its key is missing. */
export class DecryptionError extends Error {
  override readonly name = 'DecryptionError'
}

/** Encrypts with AES-256-GCM: nonce, tag and content in base64. `context` has to be the same for decryption. */
export function encrypt(key: Uint8Array, content: string | Uint8Array, context: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const encrypted = Buffer.concat([cipher.update(content), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64')
}

/** Decrypts what `encrypt` has encrypted. Throws {@link DecryptionError}. */
export function decrypt(key: Uint8Array, encrypted: string, context: string): Buffer {
  const bytes = Buffer.from(encrypted, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(context))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()])
  } catch {
    throw new DecryptionError(
      'A stored value cannot be decrypted: it was changed, or its key is another one.',
    )
  }
}
