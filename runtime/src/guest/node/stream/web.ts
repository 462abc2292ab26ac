/** Between Node's streams and the web's: each reads or writes the other, no faster than it is taken. */
import Stream, { type Callback } from 'readable-stream/lib/stream.js'

interface Reader {
  read(): Promise<{ done: boolean; value?: unknown }>
  cancel(reason: unknown): Promise<void>
}

interface Writer {
  write(chunk: unknown): Promise<void>
  close(): Promise<void>
  abort(reason: unknown): Promise<void>
}

export interface WebReadable {
  getReader(): Reader
}

export interface WebWritable {
  getWriter(): Writer
}

export interface WebPair {
  readable: WebReadable
  writable: WebWritable
}

interface Controller {
  readonly desiredSize: number | null
  enqueue(chunk: unknown): void
  close(): void
  error(reason: unknown): void
}

interface Web {
  ReadableStream: new (source: object, strategy?: object) => WebReadable
  WritableStream: new (sink: object, strategy?: object) => WebWritable
}

const web = () => globalThis as unknown as Web

const settle = (promise: Promise<unknown>, done: Callback): void => {
  promise.then(
    () => done(),
    (error) => done(error),
  )
}

/** What `read` and `destroy` of a Node stream do that reads `stream`. */
const reading = (stream: WebReadable) => {
  const reader = stream.getReader()
  return {
    read(this: InstanceType<typeof Stream.Readable>) {
      reader.read().then(
        ({ done, value }) => void this.push(done ? null : value),
        (error) => void this.destroy(error),
      )
    },
    giveUp: (error: unknown) => reader.cancel(error),
  }
}

const writing = (stream: WebWritable) => {
  const writer = stream.getWriter()
  return {
    write: (chunk: unknown, _encoding: unknown, done: Callback) => settle(writer.write(chunk), done),
    final: (done: Callback) => settle(writer.close(), done),
    giveUp: (error: unknown) => writer.abort(error),
  }
}

/** An end that was not reached gives the other stream up; whether that works is nobody's concern any more. */
const destroyWith =
  (...giveUps: readonly ((error: unknown) => Promise<void>)[]) =>
  (error: Error | null, done: Callback) => {
    const all = Promise.allSettled(giveUps.map((giveUp) => giveUp(error)))
    void all.then(() => done(error))
  }

export const readableFromWeb = (stream: WebReadable, options: object = {}) => {
  const { read, giveUp } = reading(stream)
  return new Stream.Readable({ ...options, read, destroy: destroyWith(giveUp) })
}

export const writableFromWeb = (stream: WebWritable, options: object = {}) => {
  const { write, final, giveUp } = writing(stream)
  return new Stream.Writable({ ...options, write, final, destroy: destroyWith(giveUp) })
}

export const duplexFromWeb = (pair: WebPair, options: object = {}) => {
  const { read, giveUp: stopReading } = reading(pair.readable)
  const { write, final, giveUp: stopWriting } = writing(pair.writable)
  return new Stream.Duplex({ ...options, read, write, final, destroy: destroyWith(stopReading, stopWriting) })
}

export const readableToWeb = (stream: InstanceType<typeof Stream.Readable>, strategy?: object): WebReadable => {
  const source = {
    start: (controller: Controller) => {
      const take = (chunk: unknown) => {
        controller.enqueue(chunk instanceof Uint8Array ? new Uint8Array(chunk) : chunk)
        if ((controller.desiredSize ?? 0) <= 0) stream.pause()
      }
      stream.on('data', take as Callback)
      stream.pause()
      Stream.finished(stream, { writable: false }, (error) => {
        if (error) controller.error(error)
        else controller.close()
      })
    },
    pull: () => void stream.resume(),
    cancel: (reason: unknown) => void stream.destroy(reason as Error),
  }
  return new (web().ReadableStream)(source, strategy)
}

export const writableToWeb = (stream: InstanceType<typeof Stream.Writable>): WebWritable => {
  const ended = (start: (done: Callback) => void) =>
    new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve())))
  return new (web().WritableStream)({
    write: (chunk: unknown) => ended((done) => void stream.write(chunk, done)),
    close: () => ended((done) => void stream.end(done)),
    abort: (reason: unknown) => void stream.destroy(reason as Error),
  })
}
