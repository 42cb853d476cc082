/** A lead's id and the key that its later requests need. */
export interface LeadIdentity {
  /** UUID version 7 (RFC 9562): sorts by time, which keeps recent rows together in a database index. */
  readonly id: string
  /** 128 random bits, base64url without padding: 22 characters. */
  readonly key: string
}

/** Creates an identity from a time (milliseconds since 1970) and a function that fills bytes with random values. */
export function createLeadIdentity(
  now: number,
  random: (bytes: Uint8Array<ArrayBuffer>) => void,
): LeadIdentity {
  const bytes = new Uint8Array(32)
  random(bytes)
  const tail = toHex(bytes.subarray(0, 10))
  const time = now.toString(16).padStart(12, '0')
  // RFC 9562 §5.7: 48 bits of time, version 7, 12 random bits, variant 10, 62 random bits.
  const variant = '89ab'.charAt((bytes[10] ?? 0) & 3)
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-${variant}${tail.slice(3, 6)}-${tail.slice(6, 18)}`
  const key = btoa(String.fromCharCode(...bytes.subarray(16)))
  return { id, key: key.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') }
}

/** Whether a text is a UUID of any version, in either case. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

/** Whether a text can be a lead's key: base64url, 128 bits or more. */
export function isLeadKey(text: string): boolean {
  return /^[\w-]{22,128}$/.test(text)
}

/** Lower-case hexadecimal digits, two for each byte. */
export function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
