/** The package comes without types; these are the parts that the guest uses. */
declare module 'readable-stream/lib/stream.js' {
  export type Callback = (error?: Error | null) => void

  export interface Stopped {
    readonly destroyed: boolean
    readonly writableFinished: boolean
    destroy(error?: Error | null): unknown
  }

  export class Duplex implements Stopped {
    constructor(options?: unknown)
    readonly destroyed: boolean
    readonly writableFinished: boolean
    push(chunk: unknown): boolean
    pause(): this
    resume(): this
    write(chunk: unknown, callback: Callback): boolean
    end(callback: Callback): this
    on(event: string, listener: Callback): this
    destroy(error?: Error | null): this
    _read(): void
    _write(chunk: Uint8Array, encoding: string, callback: Callback): void
    _final(callback: Callback): void
    _destroy(error: Error | null, callback: Callback): void
  }

  const Stream: {
    prototype: object
    Duplex: typeof Duplex
    Readable: typeof Duplex
    Writable: typeof Duplex & { [Symbol.hasInstance](value: unknown): boolean }
    Stream: object
    Transform: object
    PassThrough: object
    promises: object
    pipeline: object
    compose: object
    finished(stream: object, callback: Callback): void
    finished(stream: object, options: object, callback: Callback): void
    setDefaultHighWaterMark(objectMode: boolean, bytes: number): void
  }
  // biome-ignore lint/style/noDefaultExport: what a CommonJS module is to an import
  export default Stream
}
