/** A library of its own: V8 reads over all of a library when any of it is used, and this is half of the web's. */
import * as streams from 'web-streams-polyfill'

export { streams }
