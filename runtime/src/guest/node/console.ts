/** Node's `console`: the global one, and consoles on streams of one's own. */
import type * as consoleLibrary from '../console/index.ts'
import { loadConsole } from '../console-library.ts'
import { invalidArgumentType, nodeError } from '../node-error.ts'
import { drawTable } from './console/table.ts'
import { emitWarning } from './emit-warning.ts'
import { named } from './named.ts'
import { requireInteger, requireObject } from './validate.ts'

interface Output {
  write(text: string): unknown
}

interface Options extends consoleLibrary.ConsoleOptions {
  stdout?: Output
  stderr?: Output
  groupIndentation?: number
}

const { createConsole } = loadConsole()

type Console = ReturnType<typeof createConsole>

const services = { warn: (text: string) => emitWarning(text), drawTable }

const own = Symbol('console')

const requireOutput = (output: Output | undefined, name: string): Output => {
  if (typeof output?.write === 'function') return output
  throw nodeError(TypeError, 'ERR_CONSOLE_WRITABLE_STREAM', `Console expects a writable stream instance for ${name}`)
}

const mostIndentation = 1_000

const optionsOf = (first: Options | Output | undefined, stderr: Output | undefined): Options => {
  if (first !== undefined && typeof (first as Output).write === 'function')
    return { stdout: first as Output, ...(stderr && { stderr }) }
  requireObject(first, 'options')
  return first as Options
}

const Console = named('Console', function (this: object | undefined, ...args: [Options | Output, Output?]): object {
  if (!new.target) return Reflect.construct(Console, args)
  const options = optionsOf(...args)
  const out = requireOutput(options.stdout, 'stdout')
  const errors = requireOutput(options.stderr ?? options.stdout, 'stderr')
  const { groupIndentation = 2, inspectOptions } = options
  requireInteger(groupIndentation, 'groupIndentation', { least: 0, most: mostIndentation })
  if (inspectOptions !== undefined && typeof inspectOptions !== 'object')
    throw invalidArgumentType('options.inspectOptions', 'object', inspectOptions)
  const sink = {
    write: (level: string, text: string) =>
      void (level === 'error' || level === 'warn' ? errors : out).write(`${text}\n`),
  }
  const made = createConsole(sink, services, { groupIndentation, ...(inspectOptions && { inspectOptions }) })
  Object.defineProperty(this, own, { value: made })
  return Object.assign(this as object, made)
} as unknown as new (
  ...args: [Options | Output, Output?]
) => object)
Object.defineProperty(Console, 'length', { value: 1 })

/** Those of Node's that are no functions without parameters, or are another one's. */
const lengths: Readonly<Record<string, number>> = { assert: 1, dir: 2, table: 2 }
const otherNames: Readonly<Record<string, string>> = { dirxml: 'log', groupCollapsed: 'group' }
const ofDebuggers = ['profile', 'profileEnd', 'timeStamp']

const names = Object.keys(createConsole({ write: () => {} }, services)) as (keyof Console)[]
for (const name of names) {
  if (ofDebuggers.includes(name)) continue
  const method = function (this: { [own]: Console }, ...args: never[]) {
    return (this[own][name] as (...args: never[]) => unknown)(...args)
  }
  Object.defineProperty(method, 'length', { value: lengths[name] ?? 0 })
  Object.assign(Console.prototype, { [name]: named(otherNames[name] ?? name, method) })
}

/** The global console is one of them, although nobody has made it. */
const isConsole = (value: unknown): boolean =>
  value === exported || Object.prototype.isPrototypeOf.call(Console.prototype, value as object)
Object.defineProperty(Console, Symbol.hasInstance, { value: named('[Symbol.hasInstance]', isConsole) })

export const exported = (globalThis as unknown as { console: Console }).console
export const ConsoleClass = Console
