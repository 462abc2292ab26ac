import { nodeError } from '../../node-error.ts'
import { surroundings } from '../../surroundings.ts'
import { emitWarning } from '../emit-warning.ts'
import { requireFunction } from '../validate.ts'

const custom: unique symbol = Symbol.for('nodejs.util.promisify.custom') as never

type Callable = ((...args: unknown[]) => unknown) & { [custom]?: unknown }

const sealed = (value: unknown) => ({ value, enumerable: false, writable: false, configurable: true })

const isPromise = (value: unknown) => value instanceof Promise

const warnOfPromise = () => {
  const text = 'Calling promisify on a function that returns a Promise is likely a mistake.'
  emitWarning(Object.assign(new Error(text), { name: 'DeprecationWarning', code: 'DEP0174' }))
}

const settle = (original: Callable, self: unknown, args: unknown[]) =>
  new Promise((resolve, reject) => {
    const done = (error: unknown, value: unknown) => (error ? reject(error) : resolve(value))
    if (isPromise(Reflect.apply(original, self, [...args, done]))) warnOfPromise()
  })

export const promisify = (original: unknown): unknown => {
  requireFunction(original, 'original')
  const given = (original as Callable)[custom]
  if (given) {
    requireFunction(given, 'util.promisify.custom')
    return Object.defineProperty(given, custom, sealed(given))
  }
  const promisified = function (this: unknown, ...args: unknown[]) {
    return settle(original, this, args)
  }
  Object.setPrototypeOf(promisified, Object.getPrototypeOf(original))
  Object.defineProperty(promisified, custom, sealed(promisified))
  return Object.defineProperties(promisified, Object.getOwnPropertyDescriptors(original))
}

export const promisifyCustom = custom

/** No error would look like success to a callback: what is falsy is wrapped. */
const asError = (reason: unknown): unknown =>
  reason ||
  Object.assign(nodeError(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value'), { reason })

export const callbackify = (original: unknown): unknown => {
  requireFunction(original, 'original')
  const callbackified = function (this: unknown, ...args: unknown[]) {
    const last = args.pop()
    requireFunction(last, 'last argument')
    const callback = last.bind(this)
    // At the next tick: what the callback throws is not a rejection.
    const later = (...values: unknown[]) => surroundings.nextTick(() => callback(...values), [])
    const promise = Reflect.apply(original, this, args) as Promise<unknown>
    promise.then(
      (value) => later(null, value),
      (reason) => later(asError(reason)),
    )
  }
  const { length, name, ...others } = Object.getOwnPropertyDescriptors(original)
  const properties: PropertyDescriptorMap = {
    ...others,
    ...(length && { length: { ...length, value: typeof length.value === 'number' ? length.value + 1 : length.value } }),
    ...(name && {
      name: { ...name, value: typeof name.value === 'string' ? `${name.value}Callbackified` : name.value },
    }),
  }
  return Object.defineProperties(callbackified, properties)
}
