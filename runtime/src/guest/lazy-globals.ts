/**
 * Globals that are made when the first of their group is read: to have them ready makes every context dearer by a seventh
 * (seen for the network alone), and few actions use them.
 */
import { addLazyGlobals } from './globals.ts'
import { loadNode } from './libraries.ts'
import { loadNetwork } from './used-network.ts'
import { loadWeb } from './web-library.ts'

interface Group {
  names: readonly string[]
  load: () => Record<string, unknown>
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
  { names: ['process'], load: () => ({ process: loadNode().loaders.process?.() }) },
]

/** To be called once in a context, before author code. */
export const addEveryLazyGlobal = (): void => {
  for (let index = 0; index < groups.length; index++) {
    const { names, load } = groups[index] as Group
    addLazyGlobals(names, load)
  }
}
