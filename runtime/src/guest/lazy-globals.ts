/**
 * Globals that are made when the first of their group is read, and what the world needs of them: to have them ready makes
 * every context dearer by a seventh (seen for the network alone), and few actions use them.
 */
import type { EgressRequest } from '../bridge/egress.ts'
import { addLazyGlobals } from './globals.ts'
import { loadNode } from './libraries.ts'
import { bare, createList } from './primordials.ts'
import type { EgressChanges } from './web/egress-ledger.ts'
import type * as network from './web/network.ts'
import { loadWeb } from './web-library.ts'

interface Group {
  names: readonly string[]
  load: () => Record<string, unknown>
}

let usedNetwork: typeof network | undefined

export const loadNetwork = (): typeof network => {
  usedNetwork ??= loadWeb().loadNetwork()
  return usedNetwork
}

const groups: readonly Group[] = [
  {
    names: [
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
    ],
    load: () => loadNetwork().globals,
  },
  { names: ['Buffer'], load: () => loadNode().loaders.buffer?.() as Record<string, unknown> },
  { names: ['crypto', 'Crypto', 'CryptoKey', 'SubtleCrypto'], load: () => loadNode().loadWebCrypto().globals },
  { names: ['atob', 'btoa'], load: () => loadWeb().loadBase64().globals },
]

/** To be called once in a context, before author code. */
export const addEveryLazyGlobal = (): void => {
  for (let index = 0; index < groups.length; index++) {
    const { names, load } = groups[index] as Group
    addLazyGlobals(names, load)
  }
}

export const settleRequest = (id: number, answerJson: string): void => usedNetwork?.ledger.settle(id, answerJson)

export const collectRequests = (): EgressChanges =>
  usedNetwork?.ledger.collectChanges() ??
  bare({ requests: createList<EgressRequest>(), abandonedRequests: createList<number>() })
