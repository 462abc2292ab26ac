/** The web's globals that V8 does not have, by the module that makes them. Each is evaluated at its first use. */
import { introduce, late, type Parts } from './late.ts'

/** Bundled, and evaluated when it is called. */
declare const require: {
  (id: './network.ts'): Parts['network']
  (id: './abort.ts'): Parts['abort']
  (id: './dom-exception.ts'): Parts['exceptions']
  (id: './url.ts'): Parts['urls']
  (id: './text-coding.ts'): Parts['text']
  (id: './base64-text.ts'): Parts['base64']
  (id: './files.ts'): Parts['files']
  (id: './streams.ts'): Parts['streams']
  (id: './structured-clone.ts'): Parts['clone']
  (id: './performance.ts'): Parts['performance']
}

introduce({
  network: () => require('./network.ts'),
  abort: () => require('./abort.ts'),
  exceptions: () => require('./dom-exception.ts'),
  urls: () => require('./url.ts'),
  text: () => require('./text-coding.ts'),
  base64: () => require('./base64-text.ts'),
  files: () => require('./files.ts'),
  streams: () => require('./streams.ts'),
  clone: () => require('./structured-clone.ts'),
  performance: () => require('./performance.ts'),
})

/** One part, evaluated now unless it was before. */
export const load = <Name extends keyof Parts>(name: Name): Parts[Name] => late(name).load()
