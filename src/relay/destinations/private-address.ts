import { BlockList, isIP } from 'node:net'

/** Networks that are not part of the public internet: https://www.iana.org/assignments/iana-ipv4-special-registry. */
const privateIpv4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  // Shared by the customers of a provider (carrier-grade NAT).
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local; clouds serve their machines' credentials there.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Multicast, reserved, and the broadcast address.
  ['224.0.0.0', 3],
] as const

/**
 * Networks within the global unicast addresses of IPv6 that are special:
 * https://www.iana.org/assignments/iana-ipv6-special-registry. They include those that hold an address of IPv4.
 */
const privateIpv6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const blockedIpv4 = new BlockList()
for (const [network, prefix] of privateIpv4) blockedIpv4.addSubnet(network, prefix, 'ipv4')

const globalIpv6 = new BlockList()
globalIpv6.addSubnet('2000::', 3, 'ipv6')
const blockedIpv6 = new BlockList()
for (const [network, prefix] of privateIpv6) blockedIpv6.addSubnet(network, prefix, 'ipv6')

/**
 * Whether an IP address is not one of the public internet: private, loopback, link-local, carrier-grade NAT, multicast,
 * unique-local, reserved, or an address of IPv4 in one of IPv6 (mapped, translated, tunnelled). So is what is no address.
 */
export function isPrivateAddress(address: string): boolean {
  // An address with a zone, `fe80::1%eth0`, belongs to one link.
  if (address.includes('%')) return true
  switch (isIP(address)) {
    case 4:
      return blockedIpv4.check(address, 'ipv4')
    case 6:
      return !globalIpv6.check(address, 'ipv6') || blockedIpv6.check(address, 'ipv6')
    default:
      return true
  }
}

/**
 * Whether the host of an address, as `URL` writes it, is certainly not public: a private address in any notation, or a
 * name that only this machine or its network knows. Any other name has to be resolved first.
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '')
  if (isIP(host) !== 0) return isPrivateAddress(host)
  return (
    host === 'localhost' ||
    /\.(?:localhost|localdomain|local|internal|intranet|private|lan|home|corp|home\.arpa)$/.test(host) ||
    !host.includes('.')
  )
}
