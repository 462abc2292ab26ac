/**
 * Every global of a context, with its verdict and the reason. A name that is not here is removed: nobody has looked at it.
 * Data only, loadable on both sides.
 */
export interface Permit {
  verdict: 'keep' | 'remove' | 'wrap' | 'replace' | 'add'
  reason: string
}

const keep = (reason: string): Permit => ({ verdict: 'keep', reason })
const remove = (reason: string): Permit => ({ verdict: 'remove', reason })

const language = keep('part of the language; holds no authority')
const typedArray = keep('a view on memory that counts against the heap limit')
const text = keep('turns text into text')

export const permits = {
  globalThis: language,
  Infinity: language,
  NaN: language,
  undefined: language,
  Object: language,
  Function: keep('code made from text stays in the same context and gains nothing by it'),
  eval: keep('code made from text stays in the same context and gains nothing by it'),
  Array: language,
  Number: language,
  Boolean: language,
  String: language,
  Symbol: language,
  BigInt: language,
  Date: keep('actions compare times; timing attacks need a neighbour, and a process has one tenant'),
  Math: keep('random numbers included: nothing of ours relies on them inside the guest'),
  JSON: language,
  RegExp: keep('V8 interrupts a running match when the time limit ends'),
  Promise: language,
  Proxy: language,
  Reflect: language,
  Map: language,
  Set: language,
  WeakMap: keep('shows nothing about garbage collection'),
  WeakSet: keep('shows nothing about garbage collection'),
  Iterator: language,
  Intl: keep('formatting for users; its memory outside of the heap is watched by the supervisor'),
  Temporal: keep('dates and times as values; same authority as Date'),
  DisposableStack: language,
  AsyncDisposableStack: language,
  SuppressedError: language,
  Error: language,
  AggregateError: language,
  EvalError: language,
  RangeError: language,
  ReferenceError: language,
  SyntaxError: language,
  TypeError: language,
  URIError: language,
  DataView: typedArray,
  Int8Array: typedArray,
  Uint8Array: typedArray,
  Uint8ClampedArray: typedArray,
  Int16Array: typedArray,
  Uint16Array: typedArray,
  Int32Array: typedArray,
  Uint32Array: typedArray,
  BigInt64Array: typedArray,
  BigUint64Array: typedArray,
  Float16Array: typedArray,
  Float32Array: typedArray,
  Float64Array: typedArray,
  parseInt: text,
  parseFloat: text,
  isFinite: text,
  isNaN: text,
  decodeURI: text,
  decodeURIComponent: text,
  encodeURI: text,
  encodeURIComponent: text,
  escape: keep('turns text into text; old packages still call it'),
  unescape: keep('turns text into text; old packages still call it'),

  ArrayBuffer: {
    verdict: 'wrap',
    reason: 'resizable buffers are refused: their memory does not count against the heap limit',
  },
  console: { verdict: 'replace', reason: "V8's own swallows everything; ours writes the run's log" },

  SharedArrayBuffer: remove('memory outside of the heap limit, and a precise clock'),
  Atomics: remove('useless without SharedArrayBuffer; wait() would block the process'),
  WebAssembly: remove('memory outside of the heap limit, and more of V8 to attack'),
  WeakRef: remove('shows when garbage is collected'),
  FinalizationRegistry: remove('its callbacks run outside of any time limit'),

  setTimeout: { verdict: 'add', reason: 'the host keeps the clock and the count' },
  setInterval: { verdict: 'add', reason: 'the host keeps the clock and the count' },
  setImmediate: { verdict: 'add', reason: 'a timer without delay' },
  clearTimeout: { verdict: 'add', reason: 'counterpart of setTimeout' },
  clearInterval: { verdict: 'add', reason: 'counterpart of setInterval' },
  clearImmediate: { verdict: 'add', reason: 'counterpart of setImmediate' },
  fetch: { verdict: 'add', reason: 'asks the server, which decides what may be reached' },
  Headers: { verdict: 'add', reason: 'part of fetch; a list of texts' },
  Request: { verdict: 'add', reason: 'part of fetch; nothing is sent by making one' },
  Response: { verdict: 'add', reason: 'part of fetch; an answer that is here already' },
  AbortController: { verdict: 'add', reason: 'how fetch is given up' },
  AbortSignal: { verdict: 'add', reason: 'how fetch is given up; its timeouts count as timers' },
  DOMException: { verdict: 'add', reason: 'the errors of an abort and of a timeout, told apart by name' },
  TextEncoder: { verdict: 'add', reason: 'text to bytes, UTF-8 only' },
  TextDecoder: { verdict: 'add', reason: 'bytes to text, UTF-8 only' },
  URL: { verdict: 'add', reason: 'text to its parts; the host parses, nothing is reached by it' },
  URLSearchParams: { verdict: 'add', reason: 'a list of texts' },
  Buffer: { verdict: 'add', reason: "Node's bytes; memory that counts against the heap limit" },
  atob: { verdict: 'add', reason: 'text to text' },
  btoa: { verdict: 'add', reason: 'text to text' },
  queueMicrotask: { verdict: 'add', reason: 'runs within the time of the entry that called it' },
} satisfies Record<string, Permit>
