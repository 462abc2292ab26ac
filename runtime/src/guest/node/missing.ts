/**
 * What Node has and actions have not, with the reason. Data only, loadable on both sides. What cannot work, but is asked for by
 * packages, is there all the same and refuses by name; here is what does not exist at all.
 */
type Reasons = Readonly<Record<string, string>>

/** Undocumented symbols between Node's own modules. */
const unnamed = 'undocumented: a symbol between modules inside of Node'

/** By module. */
export const missingModules: Reasons = {
  ffi: 'calls native code',
  'path/win32': 'an action has no file system, and nothing in it runs on Windows',
  sea: 'is about single executable applications',
  sqlite: 'opens files; an action keeps nothing between runs but its cache',
  test: 'the test runner is not part of a run: test actions on your own machine',
  'test/reporters': 'the test runner is not part of a run',
}

const newer = 'newer than the version of Node that `process.version` names'

const ofUtil: Reasons = {
  parseArgs: 'an action has no command line',
  parseEnv: 'an action has no `.env` file; its secrets are in `event.secrets`',
  MIMEType: 'asked for by no action or package that was seen',
  MIMEParams: 'asked for by no action or package that was seen',
  transferableAbortController: 'there is no other thread to transfer it to',
  transferableAbortSignal: 'there is no other thread to transfer it to',
  setTraceSigInt: 'an action is sent no signals',
  debounce: newer,
  throttle: newer,
}

const ofPath: Reasons = {
  win32: 'an action has no file system, and nothing in it runs on Windows',
  matchesGlob: 'experimental in the version of Node that `process.version` names',
}

/** The same reason for several names. */
const because = (reason: string, ...names: readonly string[]): Reasons =>
  Object.fromEntries(names.map((name) => [name, reason]))

const newArchives = 'newer than the version of Node that `process.version` names; packages bring their own'
const neverMade = 'belongs to what is never made here'
const noPromiseForm = 'the call refuses anyway'

const ofPerformance: Reasons = because(
  'a run does not measure the server',
  'Performance.prototype.clearResourceTimings',
  'Performance.prototype.setResourceTimingBufferSize',
  'Performance.prototype.eventLoopUtilization',
  'Performance.prototype.nodeTiming',
  'Performance.prototype.markResourceTiming',
  'Performance.prototype.timerify',
  'Performance.prototype.onresourcetimingbufferfull',
)

const ofObservers: Reasons = because(
  'a run does not measure the server',
  'PerformanceObserver',
  'PerformanceObserverEntryList',
  'PerformanceResourceTiming',
)

const ofStreams: Reasons = because(
  unnamed,
  'ReadableStream.prototype.[nodejs.stream.disturbed]',
  'ReadableStream.prototype.[nodejs.stream.errored]',
  'ReadableStream.prototype.[nodejs.stream.readable]',
  'ReadableStream.prototype.[nodejs.webstream.controllerErrorFunction]',
  'ReadableStream.prototype.[nodejs.webstream.isClosedPromise]',
  'WritableStream.prototype.[nodejs.stream.errored]',
  'WritableStream.prototype.[nodejs.stream.writable]',
  'WritableStream.prototype.[nodejs.webstream.controllerErrorFunction]',
  'WritableStream.prototype.[nodejs.webstream.isClosedPromise]',
)

const noThread = 'an action shares nothing with another thread'
const noPacking = 'bodies are whole here: zlib packs and unpacks them'

/** By module and name. `Readable.prototype.on` is a member of what `Readable` makes. */
export const missingNames: Readonly<Record<string, Reasons>> = {
  child_process: because(
    noPromiseForm,
    'ChildProcess.prototype.Symbol.dispose',
    'exec.[nodejs.util.promisify.custom]',
    'execFile.[nodejs.util.promisify.custom]',
  ),
  console: because('belongs to a debugger, and none attaches to a run', 'context', 'createTask'),
  dgram: because(neverMade, 'Socket.prototype.Symbol.asyncDispose'),
  diagnostics_channel: { 'Channel.Symbol.hasInstance': 'there is one class of channels here, and two in Node' },
  domain: because(neverMade, 'Domain.prototype.members', 'active'),
  fs: {
    ...because(noPromiseForm, 'exists.[nodejs.util.promisify.custom]'),
    ...because('undefined in Node as well, on Linux', 'lchmod', 'lchmodSync'),
    ...because(
      neverMade,
      'Utf8Stream.prototype.Symbol.dispose',
      'Dir.prototype.Symbol.dispose',
      'Dir.prototype.Symbol.asyncDispose',
      'Dir.prototype.Symbol.asyncIterator',
    ),
  },
  'fs/promises': because(noPromiseForm, 'opendir.[nodejs.util.promisify.custom]'),
  http: {
    ...because('a connection that stays open has no place in a run', 'WebSocket', 'CloseEvent', 'MessageEvent'),
    'OutgoingMessage.prototype.[nodejs.rejection]':
      'rejected promises of listeners go to the error event by themselves',
    ...because(
      neverMade,
      'Server.prototype.Symbol.asyncDispose',
      'Server.prototype.[nodejs.rejection]',
      'ServerResponse.prototype.statusCode',
      'ServerResponse.prototype.statusMessage',
    ),
    ...because(
      'how Node itself calls it',
      'validateHeaderName.withoutStackTrace',
      'validateHeaderValue.withoutStackTrace',
    ),
  },
  http2: because(noPromiseForm, 'connect.[nodejs.util.promisify.custom]'),
  https: because(neverMade, 'Server.prototype.Symbol.asyncDispose'),
  inspector: because('there is nothing to inspect with', 'console', 'Network', 'NetworkResources', 'DOMStorage'),
  'inspector/promises': because(
    'there is nothing to inspect with',
    'console',
    'Network',
    'NetworkResources',
    'DOMStorage',
  ),
  net: because(
    neverMade,
    'BlockList.PRIVATE_RANGES',
    'BlockList.prototype.[nodejs.util.inspect.custom]',
    'SocketAddress.prototype.[nodejs.util.inspect.custom]',
    'BoundSocket.prototype.Symbol.dispose',
    'Server.prototype.Symbol.asyncDispose',
    'Server.prototype.[nodejs.rejection]',
  ),
  os: because(
    'how Node itself calls it',
    'homedir.withoutStackTrace',
    'hostname.withoutStackTrace',
    'uptime.withoutStackTrace',
  ),
  process: {
    finalization: 'tells when garbage is collected',
    noProcessWarnings: 'a flag of the command line',
    report: 'tells about the server',
  },
  repl: because(neverMade, 'writer.options'),
  tls: because(neverMade, 'Server.prototype.[nodejs.rejection]'),
  tty: because(neverMade, 'WriteStream.prototype.isTTY'),
  v8: {
    ...because('the engine belongs to the server', 'promiseHooks', 'startupSnapshot'),
    ...because(neverMade, 'GCProfiler.prototype.Symbol.dispose'),
  },
  vm: { constants: 'options of calls that refuse' },
  worker_threads: {
    ...because(neverMade, 'Worker.prototype.Symbol.asyncDispose'),
    ...because(noThread, 'locks', 'MessagePort', 'MessageChannel', 'BroadcastChannel'),
  },
  stream: {
    'Readable.prototype.[Stream.toAsyncStreamable]': 'experimental in Node, for `stream/iter`, which needs a flag',
  },
  'stream/web': {
    ...ofStreams,
    ...because(noPacking, 'CompressionStream', 'DecompressionStream'),
    ReadableStreamTee: 'undocumented: streams have a method tee',
  },
  perf_hooks: { ...ofPerformance, ...ofObservers },
  path: ofPath,
  'path/posix': ofPath,
  sys: ofUtil,
  url: { URLPattern: newer },
  util: ofUtil,
  'util/types': { isProxy: 'nothing in the language tells a proxy from what it stands for' },
  zlib: {
    ...because(newArchives, 'ZipEntry', 'ZipFile', 'ZipBuffer', 'createZipArchive', 'createZipArchiveSync', 'zipFiles'),
    ...because(newArchives, 'getMaxZipContentSize', 'setMaxZipContentSize'),
  },
}

export const missingGlobals: { names: Reasons; members: Reasons; builtins: Reasons } = {
  names: {
    ...because(newer, 'Temporal', 'DisposableStack', 'AsyncDisposableStack', 'SuppressedError'),
    URLPattern: newer,
    QuotaExceededError: newer,
    ...because(noPacking, 'CompressionStream', 'DecompressionStream'),
    ...because(noThread, 'BroadcastChannel', 'MessageChannel', 'MessagePort', 'MessageEvent'),
    ...ofObservers,
    ...because('a connection that stays open has no place in a run', 'WebSocket', 'CloseEvent', 'ErrorEvent'),
    ...because('tells about the machine, which is nothing of a run', 'Navigator', 'navigator'),
    Storage: 'experimental in Node; an action keeps nothing between runs but its cache',
    localStorage: 'experimental in Node; an action keeps nothing between runs but its cache',
    sessionStorage: 'experimental in Node; an action keeps nothing between runs but its cache',
  },
  members: {
    'EventTarget.[nodejs.event_target]': unnamed,
    'EventTarget.prototype.[nodejs.internal.kHybridDispatch]': unnamed,
    ...ofStreams,
    ...ofPerformance,
    'Request.prototype.attribute': 'a slip in Node: it is undefined there',
  },
  /** Of the language itself: what V8 would add to every context anew (isolate/engine-flags.ts). */
  builtins: because(
    newer,
    ...[
      'Promise.try',
      'Error.isError',
      'Error.prepareStackTrace',
      'RegExp.escape',
      'Iterator.concat',
      'Iterator.prototype.Symbol.dispose',
    ],
    ...['Map.prototype.getOrInsert', 'Map.prototype.getOrInsertComputed'],
    ...['WeakMap.prototype.getOrInsert', 'WeakMap.prototype.getOrInsertComputed'],
    ...['Uint8Array.fromBase64', 'Uint8Array.fromHex', 'Uint8Array.prototype.setFromBase64'],
    ...['Uint8Array.prototype.setFromHex', 'Uint8Array.prototype.toBase64', 'Uint8Array.prototype.toHex'],
    'Date.prototype.toTemporalInstant',
  ),
}
