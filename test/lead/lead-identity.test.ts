import { expect, it } from 'vitest'
import { createLeadIdentity } from '../../src/lead/lead-identity.ts'

const now = Date.parse('2026-11-22T09:00:00Z')
const random = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes)
const full = (value: number) => (bytes: Uint8Array<ArrayBuffer>) => void bytes.fill(value)

it('is a UUID of version 7 and 128 bits in base64url', () => {
  for (let run = 0; run < 500; run += 1) {
    const { id, key } = createLeadIdentity(now, random)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(key).toMatch(/^[\w-]{22}$/)
    expect(Buffer.from(key, 'base64url')).toHaveLength(16)
  }
})

it.each([
  [0x00, '7000-8000-000000000000', 'A'.repeat(22)],
  [0xff, '7fff-bfff-ffffffffffff', `${'_'.repeat(21)}w`],
])('writes time, version, variant and the random bits 0x%s', (byte, tail, key) => {
  const time = now.toString(16).padStart(12, '0')
  expect(createLeadIdentity(now, full(byte))).toEqual({
    id: `${time.slice(0, 8)}-${time.slice(8)}-${tail}`,
    key,
  })
})

it('ids sort by time', () => {
  const moments = [0, 1, 255, 256, now - 1, now, now + 1, now + 86_400_000, 2 ** 48 - 1]
  const ids = moments.map((moment, index) => createLeadIdentity(moment, full(index % 2 ? 0 : 255)).id)
  expect(ids.toSorted()).toEqual(ids)
})

it('identities do not repeat, and the id does not reveal the key', () => {
  const many = Array.from({ length: 500 }, () => createLeadIdentity(now, random))
  expect(new Set(many.map(({ id }) => id)).size).toBe(500)
  expect(new Set(many.map(({ key }) => key)).size).toBe(500)
  const [a, b] = [0, 1].map((last) => createLeadIdentity(now, (bytes) => void bytes.fill(0).fill(last, 16)))
  expect(a?.id).toBe(b?.id)
  expect(a?.key).not.toBe(b?.key)
})
