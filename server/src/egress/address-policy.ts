/**
 * Which addresses an action may connect to: public ones, and the ranges the operator has opened. Decided on the address a
 * socket is about to connect to, never on a name.
 */
import ipaddr from 'ipaddr.js'

export interface Cidr {
  text: string
  matches(address: Address): boolean
}

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** IPv4 that counts as public by its range, and is not. */
const refusedByHand: Readonly<Record<string, string>> = {
  '168.63.129.16': 'the host agent of Azure: every virtual machine reaches it',
}

/** Throws a RangeError that names the text. */
export const parseCidr = (text: string): Cidr => {
  if (!ipaddr.isValidCIDR(text)) throw new RangeError(`${text} is no address range such as 10.1.0.0/16`)
  const [network, bits] = ipaddr.parseCIDR(text)
  return { text, matches: (address) => address.kind() === network.kind() && address.match([network, bits]) }
}

const isPublicIpv4 = (address: ipaddr.IPv4): boolean =>
  address.range() === 'unicast' && !Object.hasOwn(refusedByHand, address.toString())

/** Everything outside of it is local, reserved, or carries an IPv4 address inside (mapped, compatible, NAT64). */
const globalUnicast = parseCidr('2000::/3')

/** Teredo and 6to4 lie inside of it and carry an IPv4 address too: their ranges have names of their own. */
const isPublicIpv6 = (address: ipaddr.IPv6): boolean => globalUnicast.matches(address) && address.range() === 'unicast'

const isPublicAddress = (address: Address): boolean =>
  address instanceof ipaddr.IPv4 ? isPublicIpv4(address) : isPublicIpv6(address)

/** `address` is an IP address as text, without brackets. */
export const isPublic = (address: string): boolean => ipaddr.isValid(address) && isPublicAddress(ipaddr.parse(address))

/** The same of `address`. */
export const mayReach = (address: string, opened: readonly Cidr[]): boolean => {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  return opened.some((cidr) => cidr.matches(parsed)) || isPublicAddress(parsed)
}
