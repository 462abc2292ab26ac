/** The web's globals that V8 does not have, by the module that makes them. Each is evaluated at its first use. */
import type * as network from './network.ts'

/** Bundled, and evaluated when it is called first. */
declare const require: (id: './network.ts') => typeof network

export const loadNetwork = (): typeof network => require('./network.ts')
