import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'

/** Is it an address of this machine? Then the server's own port behind it is refused, whatever else is opened. */
export const isOwnAddress = (address: string): boolean => {
  // `process` takes a mapped IPv4 address out of its IPv6 form.
  const parsed = ipaddr.process(address)
  if (parsed.range() === 'loopback' || parsed.range() === 'unspecified') return true
  const text = parsed.toString()
  return Object.values(networkInterfaces()).some((list) => list?.some((own) => own.address === text))
}
