/**
 * What is part of the guest and evaluated at its first use: whatever is there before makes every context dearer. Only here is
 * it asked for, so that there is one of each: who needs a class of another library takes it from what this answers.
 */
import type * as node from './node/index.ts'
import type * as web from './web/index.ts'

/** Bundled, and evaluated when it is called first. */
declare const require: ((id: './web/index.ts') => typeof web) & ((id: './node/index.ts') => typeof node)

export const loadWeb = (): typeof web => require('./web/index.ts')
export const loadNode = (): typeof node => require('./node/index.ts')
