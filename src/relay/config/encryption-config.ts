import { array, unknown } from 'valibot'
import type { EncryptionConfig } from '../database/encryption/key-ring.ts'
import { resolveSecrets, type SecretSources } from './secrets.ts'

/** `dataKeys` in a configuration: a list of references to secrets. */
export const dataKeysSchema = array(unknown(), 'a list of { "env": "NAME" } or { "file": "PATH" }')

const expectedKey = 'expected 32 bytes in base64, as "anketa-relay key" prints them'

/** The keys of a configuration, or what is wrong with them. */
export interface ResolvedKeys {
  readonly encryption: EncryptionConfig
  readonly problems: readonly string[]
}

/** Resolves `dataKeys` and `searchKey`. No problem repeats a value. */
export async function resolveKeys(candidate: unknown, sources: SecretSources): Promise<ResolvedKeys> {
  const { dataKeys, searchKey }: { readonly dataKeys?: unknown; readonly searchKey?: unknown } =
    Object(candidate)
  const problems: string[] = []
  const keys: Uint8Array[] = []
  for (const [index, reference] of (Array.isArray(dataKeys) ? dataKeys : []).entries()) {
    const key = await resolveKey(`dataKeys.${index}`, reference)
    if (!key) continue
    if (keys.some((other) => Buffer.from(other).equals(key)))
      problems.push(`dataKeys.${index}: expected another key: this one is in the list already`)
    keys.push(key)
  }
  const search = searchKey === undefined ? undefined : await resolveKey('searchKey', searchKey)
  return { encryption: { dataKeys: keys, ...(search ? { searchKey: search } : {}) }, problems }

  async function resolveKey(name: string, reference: unknown): Promise<Buffer | undefined> {
    const resolved = await resolveSecrets({ [name]: reference }, sources, [name])
    problems.push(...resolved.problems)
    const secret = resolved.options[name]
    if (resolved.problems.length > 0) return undefined
    const key = typeof secret === 'string' ? parseKey(secret.trim()) : undefined
    if (!key) problems.push(`${name}: ${expectedKey}`)
    return key
  }
}

function parseKey(text: string): Buffer | undefined {
  const key = Buffer.from(text, 'base64')
  return key.length === 32 && /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? key : undefined
}
