import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'

/** Is it an address of this machine? Then the server's own port behind it is refused, whatever else is opened. */
export const isOwnAddress = (address: string): boolean => {
  const range = ipaddr.parse(address).range()
  if (range === 'loopback' || range === 'unspecified') return true
  return Object.values(networkInterfaces()).some((list) => list?.some((own) => own.address === address))
}
