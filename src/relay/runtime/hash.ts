import { createHash, hkdfSync, timingSafeEqual } from 'node:crypto'
import { toHex } from '../../lead/lead-identity.ts'

/** Hashes a key or a token for storage: hex SHA-256, which is enough for 128 random bits. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** Hashes the id of a lead, so that it is recognized when everything else of the lead is gone. */
export function hashLeadId(id: string): string {
  return createHash('sha256').update(id.toLowerCase()).digest('hex')
}

/** Compares two hashes in constant time. */
export function isSameHash(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Hashes content to 24 hex digits: for ETags and for keys in memory. */
export async function hashContent(content: string | Uint8Array): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content)
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 12))
}

/** Derives bytes from a secret for one purpose. They tell nothing of the secret, nor of what is derived for another one. */
export function deriveSecret(secret: string, purpose: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'anketa', purpose, length))
}
