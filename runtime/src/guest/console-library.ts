/** Apart from `libraries.ts`, so that Node's modules can make consoles of their own. */
import { evaluate } from 'library:console'
import type * as console from './console/index.ts'

let library: typeof console | undefined

export const loadConsole = (): typeof console => {
  library ??= evaluate<typeof console>()
  return library
}
