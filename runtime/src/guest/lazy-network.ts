/**
 * The network's globals, evaluated at the first use of one of them: to have them ready makes every context dearer by a
 * seventh (seen), and few actions use them.
 */
import type { EgressRequest } from '../bridge/egress.ts'
import { addLazyGlobals } from './globals.ts'
import { bare, createList } from './primordials.ts'
import type { EgressChanges } from './web/egress-ledger.ts'
import type { Beginning, Network } from './web/network.ts'

/** Bundled, and evaluated when it is called first. */
declare const require: (id: './web/network.ts') => { createNetwork(): Network }

const names = [
  'fetch',
  'Headers',
  'Request',
  'Response',
  'AbortController',
  'AbortSignal',
  'DOMException',
  'TextEncoder',
  'TextDecoder',
  'URL',
  'URLSearchParams',
]

export const createLazyNetwork = (): Omit<Network, 'globals'> => {
  let network: Network | undefined
  let beginning: Beginning | undefined

  const load = (): Network['globals'] => {
    network = require('./web/network.ts').createNetwork()
    if (beginning !== undefined) network.begin(beginning)
    return network.globals
  }
  addLazyGlobals(names, load)

  return {
    begin: (given) => {
      beginning = given
      network?.begin(given)
    },
    settle: (id, answerJson) => network?.settle(id, answerJson),
    collectRequests: () => network?.collectRequests() ?? nothing(),
  }
}

const nothing = (): EgressChanges =>
  bare({ requests: createList<EgressRequest>(), abandonedRequests: createList<number>() })
