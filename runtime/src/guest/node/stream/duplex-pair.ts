import Stream, { type Callback } from 'readable-stream/lib/stream.js'
import { nextTick } from './process.ts'

/** One end of a pipe in both directions: what is written here is read there. */
class Side extends Stream.Duplex {
  other: Side | undefined
  #written: Callback | undefined

  override _read() {
    const written = this.#written
    this.#written = undefined
    written?.()
  }

  override _write(chunk: Uint8Array, _encoding: string, callback: Callback) {
    if (chunk.length === 0 || this.other === undefined) return nextTick(callback)
    this.other.push(chunk)
    this.other.#written = callback
  }

  override _final(callback: Callback) {
    this.other?.on('end', callback)
    this.other?.push(null)
  }

  override _destroy(error: Error | null, callback: Callback) {
    const { other } = this
    const follow = () => {
      if (other === undefined || other.destroyed) return
      // The other side ends, but the error is not its own.
      if (error) other.destroy()
      else other.push(null)
    }
    if (!other?.destroyed) nextTick(follow)
    callback(error)
  }
}

export const createDuplexPair = (options: unknown): [Side, Side] => {
  const left = new Side(options)
  const right = new Side(options)
  left.other = right
  right.other = left
  return [left, right]
}
