/**
 * Node's formatting of values, from a library whose evaluation is half of what a context costs (seen: 0.5 ms of 1 ms). A
 * context of an action that mentions no console is made without it, and gets it at the first use all the same.
 */
import type { format, formatWithOptions, inspect, stripVTControlCharacters } from 'node-inspect-extracted'
import {
  add,
  apply,
  bare,
  createList,
  defineProperty,
  deleteProperty,
  getOwnPropertyDescriptor,
  keys,
} from './primordials.ts'

interface Formatter {
  format: typeof format
  formatWithOptions: typeof formatWithOptions
  inspect: typeof inspect
  stripVTControlCharacters: typeof stripVTControlCharacters
}

/** Bundled, and evaluated when it is called first. */
declare const require: (id: 'node-inspect-extracted') => Formatter

/** What the library extends, or takes apart, while it loads, although authors do not have it; it is not used after that. */
const createStandIns = () => bare({ Atomics: {}, WeakRef: class {}, FinalizationRegistry: class {} })

/** The stand-ins are gone before author code goes on. */
const evaluate = (): Formatter => {
  const standIns = createStandIns()
  const missing = createList<string>()
  const names = keys(standIns)
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as keyof typeof standIns
    if (getOwnPropertyDescriptor(globalThis, name) !== undefined) continue
    defineProperty(globalThis, name, bare({ value: standIns[name], configurable: true }))
    add(missing, name)
  }
  try {
    return require('node-inspect-extracted')
  } finally {
    for (let index = 0; index < missing.length; index++) deleteProperty(globalThis, missing[index] as string)
  }
}

let formatter: Formatter | undefined

/** Before author code runs, the library captures V8's builtins as they are; later it has what the author made of them. */
export const loadFormatter = (): Formatter => {
  formatter ??= evaluate()
  return formatter
}

/** As `util.format`. */
export const formatAll = (args: unknown[], options?: object): string => {
  const { format, formatWithOptions } = loadFormatter()
  if (options === undefined) return `${apply(format, undefined, args)}`
  return `${apply(formatWithOptions, undefined, [options, ...args])}`
}

/** As `util.inspect`. */
export const inspectValue = (value: unknown, options?: object): string => `${loadFormatter().inspect(value, options)}`
