/**
 * What is part of the guest and evaluated at its first use: whatever is there before makes every context dearer. Only here and
 * in `web-library.ts` is it asked for, so that there is one of each: who needs a class of another library takes it from what
 * these answer.
 */
import { evaluate } from 'library:node'
import type * as node from './node/index.ts'

export const loadNode = (): typeof node => evaluate()
