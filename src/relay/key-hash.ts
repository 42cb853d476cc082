import { createHash, timingSafeEqual } from 'node:crypto'

/** What is kept of a lead's key: hex SHA-256, which is enough for 128 random bits. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** Compares two hashes in constant time. */
export function isSameHash(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
