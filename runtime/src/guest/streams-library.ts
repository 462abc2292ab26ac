/** Apart from `libraries.ts`, so that the web's parts can take classes of it. */
import { evaluate } from 'library:web-streams'
import type * as webStreams from './web-streams/index.ts'

export const loadWebStreams = (): typeof webStreams.streams => evaluate<typeof webStreams>().streams
