/** Apart from `libraries.ts`, so that Node's modules can take classes of the web's. */
import { evaluate } from 'library:web'
import type * as web from './web/index.ts'

let library: typeof web | undefined

export const loadWeb = (): typeof web => {
  library ??= evaluate<typeof web>()
  return library
}
