/** WebCrypto, evaluated when it is asked for. */
import type * as web from './web/crypto.ts'

/** Bundled, and evaluated when it is called first. */
declare const require: (id: './web/crypto.ts') => typeof web

export const loadWebCrypto = (): typeof web => require('./web/crypto.ts')
