/** The network, once a run has used it by one of its names: `fetch`, or a module such as `http`. The world asks it for news. */
import type { EgressRequest } from '../bridge/egress.ts'
import { bare, createList } from './primordials.ts'
import type { EgressChanges } from './web/egress-ledger.ts'
import type * as network from './web/network.ts'
import { loadWeb } from './web-library.ts'

let used: typeof network | undefined

export const loadNetwork = (): typeof network => {
  used ??= loadWeb().load('network')
  return used
}

export const settleRequest = (id: number, answerJson: string): void => used?.ledger.settle(id, answerJson)

export const collectRequests = (): EgressChanges =>
  used?.ledger.collectChanges() ??
  bare({ requests: createList<EgressRequest>(), abandonedRequests: createList<number>() })
