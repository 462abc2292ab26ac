/**
 * Node's modules as actions may load them, with and without `node:`: one of each in a context, evaluated when it is required
 * first. What is not listed is not found.
 *
 * A module is a file whose `exported` is what `require` answers. It is ordinary code: an author who tampers with builtins
 * harms nobody else, for whatever a module asks of the host is checked there. It reads the clock by `Date.now()` and draws
 * random numbers from the host, at the call: what it keeps from its evaluation is shared by all runs of a version.
 */
import { bare } from '../primordials.ts'
import type * as table from './console/table.ts'
import type * as consoleModule from './console.ts'
import type * as warnings from './emit-warning.ts'
import type * as refusedModules from './refused.ts'
import { introduce } from './siblings.ts'

export { invalidArgumentType } from '../node-error.ts'
export { loadWebCrypto } from './crypto/web.ts'

/** Bundled, and evaluated when it is called first. */
declare const require: ((id: './refused.ts') => typeof refusedModules) &
  ((id: './console.ts') => typeof consoleModule) &
  ((id: './console/table.ts') => typeof table) &
  ((id: './emit-warning.ts') => typeof warnings) &
  ((id: string) => { exported: { promises?: object; strict?: object; types?: object } })

const refused = (name: Parameters<typeof refusedModules.exported>[0]) => require('./refused.ts').exported(name)

/** What the console of every run takes from here. */
export const drawTable: typeof table.drawTable = (data, properties) =>
  require('./console/table.ts').drawTable(data, properties)
export const loadConsoleClass = (): unknown => require('./console.ts').ConsoleClass
export const warn = (text: string): void => require('./emit-warning.ts').emitWarning(text)

export const loaders: Record<string, () => unknown> = bare({
  assert: () => require('./assert.ts').exported,
  'assert/strict': () => require('./assert.ts').exported.strict,
  async_hooks: () => require('./async-hooks.ts').exported,
  buffer: () => require('./buffer.ts').exported,
  child_process: () => require('./child-process.ts').exported,
  cluster: () => refused('cluster'),
  console: () => require('./console.ts').exported,
  constants: () => require('./constants.ts').exported,
  crypto: () => require('./crypto.ts').exported,
  dgram: () => require('./dgram.ts').exported,
  diagnostics_channel: () => require('./diagnostics-channel.ts').exported,
  dns: () => require('./dns.ts').exported,
  'dns/promises': () => require('./dns-promises.ts').exported,
  domain: () => refused('domain'),
  events: () => require('./events.ts').exported,
  fs: () => require('./fs.ts').exported,
  'fs/promises': () => require('./fs-promises.ts').exported,
  http: () => require('./http.ts').exported,
  http2: () => refused('http2'),
  https: () => require('./https.ts').exported,
  inspector: () => refused('inspector'),
  'inspector/promises': () => refused('inspector/promises'),
  module: () => require('./module.ts').exported,
  net: () => require('./net.ts').exported,
  os: () => require('./os.ts').exported,
  path: () => require('./path.ts').exported,
  'path/posix': () => require('./path.ts').exported,
  perf_hooks: () => require('./perf-hooks.ts').exported,
  process: () => require('./process.ts').exported,
  punycode: () => require('./punycode.ts').exported,
  querystring: () => require('./querystring.ts').exported,
  readline: () => refused('readline'),
  'readline/promises': () => refused('readline/promises'),
  repl: () => refused('repl'),
  stream: () => require('./stream.ts').exported,
  'stream/consumers': () => require('./stream-consumers.ts').exported,
  'stream/promises': () => require('./stream.ts').exported.promises,
  'stream/web': () => require('./stream-web.ts').exported,
  string_decoder: () => require('./string-decoder.ts').exported,
  sys: () => require('./util.ts').exported,
  timers: () => require('./timers.ts').exported,
  'timers/promises': () => require('./timers-promises.ts').exported,
  tls: () => require('./tls.ts').exported,
  trace_events: () => refused('trace_events'),
  tty: () => require('./tty.ts').exported,
  url: () => require('./url.ts').exported,
  util: () => require('./util.ts').exported,
  'util/types': () => require('./util.ts').exported.types,
  v8: () => refused('v8'),
  vm: () => refused('vm'),
  wasi: () => refused('wasi'),
  worker_threads: () => refused('worker_threads'),
  zlib: () => require('./zlib.ts').exported,
})

introduce(loaders)
