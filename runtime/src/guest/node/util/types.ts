/** `util.types`: what a value is inside, whatever its prototype says. Nothing here calls code of the value's. */
import { sibling } from '../siblings.ts'

type Check = (value: unknown) => boolean

/** Whether a builtin that refuses all but its own kind accepts `value`. */
const accepts =
  (method: ((...args: never[]) => unknown) | undefined, ...args: unknown[]): Check =>
  (value) => {
    try {
      Reflect.apply(method as () => unknown, value, args)
      return true
    } catch {
      return false
    }
  }

const getterOf = (prototype: object, key: PropertyKey) => Object.getOwnPropertyDescriptor(prototype, key)?.get

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** By the tag that V8 gives where the value and its prototypes name none. */
const isTagged =
  (tag: string): Check =>
  (value) =>
    isObject(value) && Object.prototype.toString.call(value) === `[object ${tag}]`

const functionKind = (sample: object): Check => {
  const kind = Object.getPrototypeOf(sample)
  return (value) => typeof value === 'function' && (Object.getPrototypeOf(value) === kind || kindByText(value, sample))
}

/** A function whose prototype was replaced still shows what it was written as. */
const kindByText = (value: object, sample: object): boolean => {
  const [own, wanted] = [value, sample].map((callable) => /^[^(=]*/.exec(String(callable))?.[0] ?? '')
  return ['async', '*'].every((mark) => own?.includes(mark) === wanted?.includes(mark))
}

const typedArrayTag = getterOf(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)
const tagOf = (value: unknown): unknown => Reflect.apply(typedArrayTag as () => unknown, value, [])

const isBoxed = (prototype: { valueOf(): unknown }): Check => {
  const unboxes = accepts(prototype.valueOf)
  return (value) => isObject(value) && unboxes(value)
}

const isGenerator = functionKind(function* () {})
const isAsyncGenerator = functionKind(async function* () {})
const isAsync = functionKind(async () => {})

const mapIterator = Object.getPrototypeOf(new Map().entries())
const setIterator = Object.getPrototypeOf(new Set().values())

const isArrayBuffer = accepts(getterOf(ArrayBuffer.prototype, 'byteLength'))

/** Only V8's own tag is sure. Where an error has another, that it has a stack of its own has to do. */
const isNativeError: Check = (value) =>
  isTagged('Error')(value) || (value instanceof Error && Symbol.toStringTag in value && Object.hasOwn(value, 'stack'))

/** Without names and parameters: in Node they are V8's own. */
const anonymous = (check: Check) =>
  Object.defineProperties((...args: unknown[]) => check(args[0]), { name: { value: '' } })

const kinds: Record<string, Check> = {
  isArgumentsObject: (value) => isObject(value) && !(Symbol.toStringTag in value) && isTagged('Arguments')(value),
  isArrayBuffer,
  isAsyncFunction: (value) => isAsync(value) || isAsyncGenerator(value),
  isBigIntObject: isBoxed(BigInt.prototype),
  isBooleanObject: isBoxed(Boolean.prototype),
  isDate: accepts(Date.prototype.getTime),
  isExternal: () => false,
  isGeneratorFunction: (value) => isGenerator(value) || isAsyncGenerator(value),
  isGeneratorObject: (value) => isTagged('Generator')(value) || isTagged('AsyncGenerator')(value),
  isMap: accepts(getterOf(Map.prototype, 'size')),
  isMapIterator: (value) => isObject(value) && Object.getPrototypeOf(value) === mapIterator,
  isModuleNamespaceObject: (value) => isTagged('Module')(value) && Object.getPrototypeOf(value as object) === null,
  isNativeError,
  isNumberObject: isBoxed(Number.prototype),
  isPromise: (value) => value instanceof Promise && isTagged('Promise')(value),
  isRegExp: (value) => value !== RegExp.prototype && accepts(getterOf(RegExp.prototype, 'source'))(value),
  isSet: accepts(getterOf(Set.prototype, 'size')),
  isSetIterator: (value) => isObject(value) && Object.getPrototypeOf(value) === setIterator,
  isSharedArrayBuffer: () => false,
  isStringObject: isBoxed(String.prototype),
  isSymbolObject: isBoxed(Symbol.prototype),
  isWeakMap: accepts(WeakMap.prototype.has, {}),
  isWeakSet: accepts(WeakSet.prototype.has, {}),
  isAnyArrayBuffer: isArrayBuffer,
}

const boxes = ['isNumberObject', 'isStringObject', 'isBooleanObject', 'isBigIntObject', 'isSymbolObject']
kinds.isBoxedPrimitive = (value) => boxes.some((name) => kinds[name]?.(value))

const arrays = [
  'Uint8Array',
  'Uint8ClampedArray',
  'Uint16Array',
  'Uint32Array',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
]

const views: Record<string, Check> = {
  isDataView: (value) => ArrayBuffer.isView(value) && tagOf(value) === undefined,
  isTypedArray: (value) => tagOf(value) !== undefined,
  ...Object.fromEntries(arrays.map((tag) => [`is${tag}`, (value: unknown) => tagOf(value) === tag])),
}

for (const [name, check] of Object.entries(views)) Object.defineProperty(check, 'name', { value: name })

const keys = {
  isKeyObject(value: unknown) {
    const { KeyObject } = sibling<{ KeyObject?: new () => object }>('crypto') ?? {}
    return KeyObject !== undefined && value instanceof KeyObject
  },
  isCryptoKey(value: unknown) {
    const { CryptoKey } = globalThis as { CryptoKey?: new () => object }
    return CryptoKey !== undefined && value instanceof CryptoKey
  },
}

export const types = {
  ...Object.fromEntries(Object.entries(kinds).map(([name, check]) => [name, anonymous(check)])),
  isArrayBufferView: ArrayBuffer.isView,
  ...views,
}
Object.defineProperties(types, {
  isKeyObject: { value: keys.isKeyObject, enumerable: true },
  isCryptoKey: { value: keys.isCryptoKey, enumerable: true },
})
