/**
 * Node's `fs` over a file system that is empty and cannot be written to: packages look for files that need not be there, and
 * find none. Each call of the table in its three forms: at once, with a callback, as a promise.
 */
import { invalidArgumentType } from '../node-error.ts'
import { surroundings } from '../surroundings.ts'
import { failureOf } from './fs/fail.ts'
import { type FileCall, fileCalls } from './fs/file-calls.ts'
import { loadReadStream, loadWriteStream } from './fs/streams.ts'
import { exported as promises } from './fs-promises.ts'
import { shaped } from './shaped.ts'
import { fileConstants } from './system-constants.ts'

const atOnce =
  (call: FileCall) =>
  (...args: unknown[]): void => {
    const error = failureOf(call, args)
    if (error) throw error
  }

const withCallback =
  (call: FileCall) =>
  (...args: unknown[]): void => {
    const callback = args.length > Math.max(call.paths, 1) ? args.pop() : undefined
    if (typeof callback !== 'function') throw invalidArgumentType('cb', 'Function', callback)
    surroundings.nextTick(callback as () => unknown, [failureOf(call, args) ?? null])
  }

const calls = Object.fromEntries(
  Object.entries(fileCalls).flatMap(([name, call]) => [
    [name, withCallback(call)],
    [`${name}Sync`, atOnce(call)],
  ]),
)
Object.assign(calls.realpath as object, { native: withCallback(fileCalls.realpath as FileCall) })
Object.assign(calls.realpathSync as object, { native: atOnce(fileCalls.realpath as FileCall) })
// It has no form with a callback.
delete calls.mkdtempDisposable

const exists = (_path: unknown, callback: unknown): void => {
  if (typeof callback !== 'function') throw invalidArgumentType('cb', 'Function', callback)
  surroundings.nextTick(callback as () => unknown, [false])
}

const findNothing = (...args: unknown[]): void => {
  surroundings.nextTick(args.at(-1) as () => unknown, [null, []])
}

type StreamClass = new (path: unknown, options: unknown) => object

export const exported = shaped('fs', 'there is no file system', {
  ...calls,
  existsSync: () => false,
  exists,
  globSync: () => [],
  glob: findNothing,
  createReadStream: (path: unknown, options: unknown) => new (loadReadStream() as StreamClass)(path, options),
  createWriteStream: (path: unknown, options: unknown) => new (loadWriteStream() as StreamClass)(path, options),
  get ReadStream() {
    return loadReadStream()
  },
  get FileReadStream() {
    return loadReadStream()
  },
  get WriteStream() {
    return loadWriteStream()
  },
  get FileWriteStream() {
    return loadWriteStream()
  },
  constants: fileConstants,
  promises,
})
