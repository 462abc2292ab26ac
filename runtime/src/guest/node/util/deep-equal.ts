/** Deep equality as Node's `assert` and `util.isDeepStrictEqual` have it. */
import { types as typesByName } from './types.ts'

type Check = (value: unknown) => boolean
const types = typesByName as Record<string, Check>
const is = (kind: string, value: unknown): boolean => types[kind]?.(value) ?? false

/**
 * `strict` compares prototypes as well, `same-values` does not; `loose` takes `==` for values; `partial` asks only for what
 * the expected value has.
 */
export type Mode = 'strict' | 'same-values' | 'loose' | 'partial'

interface Comparison {
  mode: Mode
  /** Pairs that are being compared further up: equal there, they are equal here. */
  left: unknown[]
  right: unknown[]
}

type Compare<Value = object> = (actual: Value, expected: Value, comparison: Comparison) => boolean

const isNaNs = (actual: unknown, expected: unknown) => Number.isNaN(actual) && Number.isNaN(expected)

const areEqual = (actual: unknown, expected: unknown, comparison: Comparison): boolean => {
  const isLoose = comparison.mode === 'loose'
  if (actual === expected) return actual !== 0 || isLoose || Object.is(actual, expected)
  if (typeof actual === 'object' && actual !== null && typeof expected === 'object' && expected !== null)
    return compareObjects(actual, expected, comparison)
  if (!isLoose) return isNaNs(actual, expected)
  if (typeof actual === 'object' && actual !== null) return false
  if (typeof expected === 'object' && expected !== null) return false
  // biome-ignore lint/suspicious/noDoubleEquals: that is what loose means
  return actual == expected || isNaNs(actual, expected)
}

const tagOf = (value: object) => Object.prototype.toString.call(value)

const keysOf = (value: object, { mode }: Comparison): PropertyKey[] => {
  const names: PropertyKey[] = Object.keys(value)
  if (mode === 'loose') return names
  const isListed = (key: symbol) => Object.prototype.propertyIsEnumerable.call(value, key)
  return names.concat(Object.getOwnPropertySymbols(value).filter(isListed))
}

const compareProperties: Compare = (actual, expected, comparison) => {
  const keys = keysOf(expected, comparison)
  if (comparison.mode !== 'partial' && keys.length !== keysOf(actual, comparison).length) return false
  return keys.every(
    (key) =>
      Object.prototype.propertyIsEnumerable.call(actual, key) &&
      areEqual(actual[key as never], expected[key as never], comparison),
  )
}

const compareLists: Compare<unknown[]> = (actual, expected, comparison) => {
  if (comparison.mode !== 'partial')
    return actual.length === expected.length && compareProperties(actual, expected, comparison)
  if (actual.length < expected.length) return false
  let at = 0
  const isFound = expected.every((item) => {
    while (at < actual.length && !areEqual(actual[at], item, comparison)) at += 1
    at += 1
    return at <= actual.length
  })
  const isIndex = (key: PropertyKey) => typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key)
  const named = keysOf(expected, comparison).filter((key) => !isIndex(key))
  return isFound && named.every((key) => areEqual(actual[key as never], expected[key as never], comparison))
}

/** Each of `expected` has a partner of its own in `actual`. */
const pairUp = <Item>(actual: readonly Item[], expected: readonly Item[], isPair: (a: Item, b: Item) => boolean) => {
  const left = [...actual]
  return expected.every((item) => {
    const at = left.findIndex((candidate) => isPair(candidate, item))
    if (at !== -1) left.splice(at, 1)
    return at !== -1
  })
}

const hasSizeOf = (actual: { size: number }, expected: { size: number }, { mode }: Comparison) =>
  mode === 'partial' ? actual.size >= expected.size : actual.size === expected.size

const compareSets: Compare<Set<unknown>> = (actual, expected, comparison) => {
  if (!hasSizeOf(actual, expected, comparison)) return false
  const others = [...expected].filter((item) => !actual.has(item))
  const candidates = [...actual].filter((item) => !expected.has(item))
  return pairUp(candidates, others, (a, b) => areEqual(a, b, comparison))
}

const compareMaps: Compare<Map<unknown, unknown>> = (actual, expected, comparison) => {
  if (!hasSizeOf(actual, expected, comparison)) return false
  const isDirect = ([key, value]: [unknown, unknown]) => actual.has(key) && areEqual(actual.get(key), value, comparison)
  const others = [...expected].filter((entry) => !isDirect(entry))
  const settled = new Set([...expected].filter(isDirect).map(([key]) => key))
  const candidates = [...actual].filter(([key]) => !settled.has(key))
  return pairUp(candidates, others, (a, b) => areEqual(a[0], b[0], comparison) && areEqual(a[1], b[1], comparison))
}

const bytesOf = (value: ArrayBufferView | ArrayBuffer): Uint8Array =>
  ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : new Uint8Array(value)

const compareBytes: Compare<ArrayBufferView | ArrayBuffer> = (actual, expected, { mode }) => {
  const [left, right] = [bytesOf(actual), bytesOf(expected)]
  if (mode === 'partial' && left.length > right.length) {
    let at = 0
    for (const byte of left) if (byte === right[at]) at += 1
    return at === right.length
  }
  return left.length === right.length && left.every((byte, index) => byte === right[index])
}

/** Zeros of either sign are loosely equal, and NaN is not. */
const compareFloats: Compare<Float64Array> = (actual, expected) =>
  actual.length === expected.length && actual.every((value, index) => value === expected[index])

const compareViews: Compare<ArrayBufferView> = (actual, expected, comparison) => {
  const tag = actual[Symbol.toStringTag as never]
  if (tag !== expected[Symbol.toStringTag as never]) return false
  const isFloat = comparison.mode === 'loose' && /^Float/.test(tag ?? '')
  const compareContent = isFloat ? (compareFloats as unknown as typeof compareBytes) : compareBytes
  if (!compareContent(actual, expected, comparison)) return false
  const named = (value: object) =>
    keysOf(value, comparison).filter((key) => typeof key !== 'string' || !/^\d+$/.test(key))
  if (comparison.mode !== 'partial' && named(actual).length !== named(expected).length) return false
  return named(expected).every((key) => areEqual(actual[key as never], expected[key as never], comparison))
}

const compareErrors: Compare = (actual, expected, comparison) => {
  const isSame = (key: string) => {
    const wanted = expected[key as never] as unknown
    if (Object.prototype.propertyIsEnumerable.call(expected, key)) return true
    if (comparison.mode === 'partial' && (wanted === undefined || (key === 'message' && wanted === ''))) return true
    return areEqual(actual[key as never], wanted, comparison)
  }
  const hasCause = Object.hasOwn(expected, 'cause')
  if (hasCause !== Object.hasOwn(actual, 'cause') && (comparison.mode !== 'partial' || hasCause)) return false
  return ['message', 'name', 'cause', 'errors'].every(isSame)
}

const isSameValue = (actual: object, expected: object) => Object.is(actual.valueOf(), expected.valueOf())

const isSamePattern: Compare<RegExp> = (actual, expected) =>
  actual.source === expected.source && actual.flags === expected.flags && actual.lastIndex === expected.lastIndex

const unbox = (value: unknown) => {
  const [boxed] = [Number, String, Boolean, BigInt, Symbol].filter((Class) => is(`is${Class.name}Object`, value))
  return boxed === undefined ? undefined : Reflect.apply(boxed.prototype.valueOf, value, [])
}

const isError = (value: unknown) => is('isNativeError', value) || value instanceof Error
const isUrl = (value: unknown) =>
  tagOf(value as object) === '[object URL]' && typeof (value as URLLike).href === 'string'
interface URLLike {
  href: string
}

/** Kinds of values and what is compared of them; both values must be of the kind. Then come their properties. */
const kinds: readonly { isKind: Check; compareContent: Compare; hasProperties?: false }[] = [
  { isKind: Array.isArray, compareContent: compareLists as Compare, hasProperties: false },
  { isKind: (value) => is('isSet', value), compareContent: compareSets as Compare },
  { isKind: (value) => is('isMap', value), compareContent: compareMaps as unknown as Compare },
  { isKind: ArrayBuffer.isView, compareContent: compareViews as Compare, hasProperties: false },
  { isKind: (value) => is('isAnyArrayBuffer', value), compareContent: compareBytes as Compare },
  { isKind: (value) => is('isDate', value), compareContent: isSameValue },
  { isKind: (value) => is('isRegExp', value), compareContent: isSamePattern as Compare },
  { isKind: isError, compareContent: compareErrors },
  {
    isKind: (value) => is('isBoxedPrimitive', value),
    compareContent: (actual, expected) => Object.is(unbox(actual), unbox(expected)),
  },
  { isKind: isUrl, compareContent: (actual, expected) => (actual as URLLike).href === (expected as URLLike).href },
  {
    isKind: (value) => ['isWeakMap', 'isWeakSet', 'isPromise'].some((kind) => is(kind, value)),
    compareContent: () => false,
  },
]

const hasSameClass: Compare = (actual, expected) =>
  Object.getPrototypeOf(actual) === Object.getPrototypeOf(expected) ||
  (actual.constructor !== undefined &&
    !Object.hasOwn(actual, 'constructor') &&
    actual.constructor === expected.constructor)

const compareObjects: Compare = (actual, expected, comparison) => {
  if (comparison.mode === 'strict' && !hasSameClass(actual, expected, comparison)) return false
  if (tagOf(actual) !== tagOf(expected)) return false
  const kind = kinds.find(({ isKind }) => isKind(actual))
  if (kind === undefined ? kinds.some(({ isKind }) => isKind(expected)) : !kind.isKind(expected)) return false
  const at = comparison.left.indexOf(actual)
  if (at !== -1) return comparison.right[at] === expected
  comparison.left.push(actual)
  comparison.right.push(expected)
  const isEqual =
    (kind?.compareContent(actual, expected, comparison) ?? true) &&
    (kind?.hasProperties === false || compareProperties(actual, expected, comparison))
  comparison.left.pop()
  comparison.right.pop()
  return isEqual
}

export const isDeepEqual = (actual: unknown, expected: unknown, mode: Mode): boolean =>
  areEqual(actual, expected, { mode, left: [], right: [] })
