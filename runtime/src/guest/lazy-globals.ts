/**
 * Globals that are made when the first of their group is read: to have them ready makes every context dearer by a seventh
 * (seen for the network alone), and few actions use them.
 */
import { addLazyGlobals } from './globals.ts'
import { loadNode } from './libraries.ts'
import { bare } from './primordials.ts'
import { loadNetwork } from './used-network.ts'
import { loadWeb } from './web-library.ts'

interface Group {
  names: readonly string[]
  load: () => Record<string, unknown>
}

type Part = Parameters<ReturnType<typeof loadWeb>['load']>[0]

const partOfWeb = (part: Part, ...names: readonly string[]): Group => ({
  names,
  load: () => loadWeb().load(part).globals,
})

const groups: readonly Group[] = [
  { names: ['fetch', 'Headers', 'Request', 'Response'], load: () => loadNetwork().globals },
  partOfWeb('abort', 'AbortController', 'AbortSignal', 'Event', 'EventTarget', 'CustomEvent'),
  partOfWeb('exceptions', 'DOMException'),
  partOfWeb('text', 'TextEncoder', 'TextDecoder'),
  partOfWeb('urls', 'URL', 'URLSearchParams'),
  partOfWeb('base64', 'atob', 'btoa'),
  partOfWeb('clone', 'structuredClone'),
  partOfWeb('performance', 'performance', 'Performance', 'PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure'),
  partOfWeb('files', 'Blob', 'File', 'FormData'),
  partOfWeb(
    'streams',
    'ReadableStream',
    'ReadableStreamDefaultReader',
    'ReadableStreamBYOBReader',
    'ReadableStreamBYOBRequest',
    'ReadableByteStreamController',
    'ReadableStreamDefaultController',
    'TransformStream',
    'TransformStreamDefaultController',
    'WritableStream',
    'WritableStreamDefaultController',
    'WritableStreamDefaultWriter',
    'ByteLengthQueuingStrategy',
    'CountQueuingStrategy',
    'TextDecoderStream',
    'TextEncoderStream',
  ),
  { names: ['Buffer'], load: () => loadNode().loaders.buffer?.() as Record<string, unknown> },
  { names: ['crypto', 'Crypto', 'CryptoKey', 'SubtleCrypto'], load: () => loadNode().loadWebCrypto().globals },
  { names: ['process'], load: () => ({ process: loadNode().loaders.process?.() }) },
]

/** Those that actions really use: worth being evaluated ahead where a module's text names one. */
const common = [
  'fetch',
  'AbortController',
  'AbortSignal',
  'TextEncoder',
  'TextDecoder',
  'URL',
  'URLSearchParams',
  'Buffer',
  'process',
  'crypto',
]
const commonNames: Record<string, true | undefined> = bare({})
for (let index = 0; index < common.length; index++) commonNames[common[index] as string] = true

export const isCommonGlobal = (name: string): boolean => commonNames[name] === true

/** To be called once in a context, before author code. */
export const addEveryLazyGlobal = (): void => {
  for (let index = 0; index < groups.length; index++) {
    const { names, load } = groups[index] as Group
    addLazyGlobals(names, load)
  }
}
