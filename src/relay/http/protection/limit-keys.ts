import { createHmac } from 'node:crypto'
import { isIPv4 } from 'node:net'

/** Names what is counted, by keyed hashes: an address or a phone cannot be read back, or tried out, without the secret. */
export interface LimitKeys {
  /** Of a normalized IP address. The addresses of one IPv6 network of 64 bits, which is one connection, are the same. */
  address(ip: string): string
  /** Of a canonical phone number. */
  phone(number: string): string
  /** Of the id of a lead. */
  lead(id: string): string
  /** Of the signature of a challenge. */
  challenge(signature: string): string
  /** Of the name of a user of the console. */
  user(name: string): string
}

/** Creates the keys of the relays that know a secret. */
export function createLimitKeys(secret: Buffer): LimitKeys {
  const hash = (kind: string, text: string): string =>
    createHmac('sha256', secret).update(`${kind} ${text}`).digest('base64url')
  return {
    address: (ip) => hash('address', toNetwork(ip)),
    phone: (number) => hash('phone', number),
    lead: (id) => hash('lead', id),
    challenge: (signature) => hash('challenge', signature),
    user: (name) => hash('user', name),
  }
}

/**
 * The network that an address is counted as: an IPv4 address, or the first 64 bits of an IPv6 address. An IPv4 address that
 * a translator has put into its IPv6 prefix (RFC 6052) counts as itself: all of them share one network of 64 bits.
 */
export function toNetwork(ip: string): string {
  if (isIPv4(ip)) return ip
  const [head = '', tail] = ip.split('::')
  const first = splitGroups(head)
  const last = splitGroups(tail ?? '')
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => 0)
  const groups = tail === undefined ? first : [...first, ...zeros, ...last]
  const [high = 0, low = 0] = groups.slice(6)
  if (groups.slice(0, 6).join() === translatorPrefix)
    return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** `64:ff9b::/96` as numbers. */
const translatorPrefix = [0x64, 0xff_9b, 0, 0, 0, 0].join()

function splitGroups(text: string): readonly number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}
