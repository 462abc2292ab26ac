import { evaluate } from 'library:preparation'
import type * as preparation from './preparation/index.ts'

let library: typeof preparation | undefined

export const loadPreparation = (): typeof preparation => {
  library ??= evaluate<typeof preparation>()
  return library
}
