/** The web's globals that V8 does not have, by the module that makes them. Each is evaluated at its first use. */
import type * as base64 from './base64-text.ts'
import type * as network from './network.ts'

/** Bundled, and evaluated when it is called first. */
declare const require: ((id: './network.ts') => typeof network) & ((id: './base64-text.ts') => typeof base64)

export const loadNetwork = (): typeof network => require('./network.ts')
export const loadBase64 = (): typeof base64 => require('./base64-text.ts')
