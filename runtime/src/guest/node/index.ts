/**
 * Node's modules as actions may load them, with and without `node:`: one of each in a context, evaluated when it is required
 * first. What is not listed is not found.
 *
 * A module is a file whose `exported` is what `require` answers. It is ordinary code: an author who tampers with builtins
 * harms nobody else, for whatever a module asks of the host is checked there. It reads the clock by `Date.now()` and draws
 * random numbers from the host, at the call: what it keeps from its evaluation is shared by all runs of a version.
 */
import { bare } from '../primordials.ts'
import { introduce } from './siblings.ts'

export { loadWebCrypto } from './crypto/web.ts'

/** Bundled, and evaluated when it is called first. */
declare const require: (id: string) => { exported: { promises?: object; types?: object } }

export const loaders: Record<string, () => unknown> = bare({
  buffer: () => require('./buffer.ts').exported,
  crypto: () => require('./crypto.ts').exported,
  events: () => require('./events.ts').exported,
  stream: () => require('./stream.ts').exported,
  'stream/promises': () => require('./stream.ts').exported.promises,
  string_decoder: () => require('./string-decoder.ts').exported,
  path: () => require('./path.ts').exported,
  'path/posix': () => require('./path.ts').exported,
  punycode: () => require('./punycode.ts').exported,
  querystring: () => require('./querystring.ts').exported,
  sys: () => require('./util.ts').exported,
  timers: () => require('./timers.ts').exported,
  url: () => require('./url.ts').exported,
  util: () => require('./util.ts').exported,
  'util/types': () => require('./util.ts').exported.types,
})

introduce(loaders)
