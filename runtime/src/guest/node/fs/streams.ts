/** `fs.ReadStream` and `fs.WriteStream`: streams that fail when they open. */

import { surroundings } from '../../surroundings.ts'
import { sibling } from '../siblings.ts'
import { failureOf } from './fail.ts'
import { fileCalls } from './file-calls.ts'

interface Stream {
  destroy(error?: Error): void
}
type StreamClass = new (options: object) => Stream

const streams = () => sibling('stream') as { Readable: StreamClass; Writable: StreamClass }

const failing = (Base: StreamClass, call: 'readFile' | 'writeFile') =>
  class extends Base {
    path: unknown
    constructor(path: unknown, options?: unknown) {
      super({ read: () => {}, write: () => {} })
      this.path = path
      const error = failureOf(fileCalls[call] as (typeof fileCalls)[string], [path, options])
      surroundings.nextTick(() => this.destroy(error), [])
    }
  }

let ReadStream: StreamClass | undefined
let WriteStream: StreamClass | undefined

export const loadReadStream = (): StreamClass => {
  ReadStream ??= failing(streams().Readable, 'readFile')
  return ReadStream
}

export const loadWriteStream = (): StreamClass => {
  WriteStream ??= failing(streams().Writable, 'writeFile')
  return WriteStream
}
