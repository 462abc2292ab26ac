/**
 * Globals that are made when the first of their group is read: to have them ready makes every context dearer by a seventh
 * (seen for the network alone), and few actions use them.
 */
import { addLazyGlobals, type LazyGroup } from './globals.ts'
import { loadNode } from './libraries.ts'
import { loadNetwork } from './used-network.ts'
import { loadWeb } from './web-library.ts'

type Part = Parameters<ReturnType<typeof loadWeb>['load']>[0]

interface PartOfWeb extends LazyGroup {
  part: Part
}

/** Shared by all parts: a function for each would be in every context. */
function loadPart(this: PartOfWeb): Record<string, unknown> {
  return loadWeb().load(this.part).globals
}

const partOfWeb = (part: Part, ...names: readonly string[]): PartOfWeb => ({ part, names, load: loadPart })

const groups: readonly LazyGroup[] = [
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

/** To be called once in a context, before author code. */
export const addEveryLazyGlobal = (): void => {
  for (let index = 0; index < groups.length; index++) {
    addLazyGlobals(groups[index] as LazyGroup)
  }
}
