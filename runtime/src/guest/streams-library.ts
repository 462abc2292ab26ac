/** Apart from `libraries.ts`, so that the web's parts can take classes of it. */
import type * as webStreams from './web-streams/index.ts'

/** Bundled, and evaluated when it is called first. */
declare const require: (id: './web-streams/index.ts') => typeof webStreams

export const loadWebStreams = (): typeof webStreams.streams => require('./web-streams/index.ts').streams
