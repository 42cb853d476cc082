import { BlockList, isIP, isIPv4 } from 'node:net'

/**
 * The client's IP address. Without trusted proxies it is the connection's address. With `trustedProxies` proxies it is
 * the address that the outermost of them saw. The entries of `X-Forwarded-For` before that one are set by the client and
 * cannot be trusted. `undefined` if the entry that counts is no address, or is the connection's and not known.
 */
export function resolveClientIp(
  connection: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string | undefined {
  const forwarded = (forwardedFor ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  return normalizeIp([...forwarded, connection].at(-1 - Math.min(trustedProxies, forwarded.length)))
}

/**
 * An IP address in one spelling: without brackets, port and zone, and an IPv4 address never as the IPv6 address that it is
 * mapped to (`::ffff:192.0.2.1`). `undefined` if it is no address.
 */
export function normalizeIp(address: string | undefined): string | undefined {
  const text = address?.trim().replaceAll('"', '') ?? ''
  const [, bracketed] = /^\[([^\]]*)\](?::\d+)?$/.exec(text) ?? []
  const [, beforePort] = /^([\d.]+):\d+$/.exec(text) ?? []
  const plain = (bracketed ?? beforePort ?? text).replace(/%.*$/, '').toLowerCase()
  if (isIP(plain) === 0) return undefined
  if (isIPv4(plain)) return plain
  // The URL parser writes an IPv6 address in its shortest form.
  const shortest = new URL(`http://[${plain}]`).hostname.slice(1, -1)
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(shortest) ?? []
  if (high === undefined || low === undefined) return shortest
  const bytes = [high, low].flatMap((group) => {
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 255]
  })
  return bytes.join('.')
}

const privateNetworks = new BlockList()
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const)
  privateNetworks.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  privateNetworks.addSubnet(network, bits, 'ipv6')

/** Whether an address belongs to this machine or to a private network, as that of a reverse proxy does. */
export function isPrivateIp(address: string | undefined): boolean {
  const plain = normalizeIp(address)
  return plain !== undefined && privateNetworks.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6')
}
