/** Apart from `libraries.ts`, so that the web's parts can take classes of it. */
import { evaluate } from 'library:web-streams'
import type * as webStreams from './web-streams/index.ts'

let library: typeof webStreams | undefined

export const loadWebStreams = (): typeof webStreams.streams => {
  library ??= evaluate<typeof webStreams>()
  return library.streams
}
