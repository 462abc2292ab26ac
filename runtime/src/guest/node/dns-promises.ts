import { dnsErrors, noLookups, promisedLookup, promisedQueries, resolverOf } from './dns/refused-lookup.ts'
import { shaped } from './shaped.ts'

export const exported = shaped('dns/promises', noLookups, {
  ...promisedQueries(),
  lookup: promisedLookup,
  Resolver: resolverOf(promisedQueries()),
  getServers: () => [],
  getDefaultResultOrder: () => 'verbatim',
  ...dnsErrors,
})
