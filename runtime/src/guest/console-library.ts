/** Apart from `libraries.ts`, so that Node's modules can make consoles of their own. */
import { evaluate } from 'library:console'
import type * as console from './console/index.ts'

export const loadConsole = (): typeof console => evaluate()
