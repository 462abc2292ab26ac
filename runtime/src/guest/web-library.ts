/** Apart from `libraries.ts`, so that Node's modules can take classes of the web's. */
import type * as web from './web/index.ts'

/** Bundled, and evaluated when it is called first. */
declare const require: (id: './web/index.ts') => typeof web

export const loadWeb = (): typeof web => require('./web/index.ts')
