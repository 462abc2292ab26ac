/** Apart from `libraries.ts`, so that Node's modules can take classes of the web's. */
import { evaluate } from 'library:web'
import type * as web from './web/index.ts'

export const loadWeb = (): typeof web => evaluate()
