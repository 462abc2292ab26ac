import { dnsErrors, lookup, noLookups, queriesWithCallback, resolverOf } from './dns/refused-lookup.ts'
import { exported as promises } from './dns-promises.ts'
import { shaped } from './shaped.ts'

export const exported = shaped('dns', noLookups, {
  ...queriesWithCallback(),
  lookup,
  Resolver: resolverOf(queriesWithCallback()),
  getServers: () => [],
  getDefaultResultOrder: () => 'verbatim',
  ADDRCONFIG: 32,
  ALL: 16,
  V4MAPPED: 8,
  ...dnsErrors,
  promises,
})
