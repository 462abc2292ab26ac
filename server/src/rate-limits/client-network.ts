import ipaddr from 'ipaddr.js'

/** Whom a client's IP counts for. Of IPv6 the first 64 bits: who has one address there has all behind them. */
export const clientNetwork = (ip: string): string => {
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  const [network] = ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toNormalizedString().split('%')
  return `${network}/64`
}
