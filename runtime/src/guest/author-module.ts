/** The author's module, and the handlers it exports. The messages are the vendor's. */
import type { HandlerName, LoadModule } from '../bridge/guest-door.ts'
import { apply, asyncFunctionPrototype, ErrorClass, getPrototypeOf, indexOf } from './primordials.ts'
import { requireModule } from './require.ts'

export type Handler = (event: unknown, api: unknown) => Promise<unknown>
export type HandlerKind = 'missing' | 'async' | 'not-async'

const { toString: textOf } = Function.prototype

/** The ways to a parameter. The compiler has printed the text: no name in it is written in another way. */
const waysToConsole = ['console', 'arguments', 'eval']

const mayReachConsole = (loadModule: LoadModule): boolean => {
  const text = apply(textOf, loadModule, [])
  const begin = indexOf(text, '{')
  for (let index = 0; index < waysToConsole.length; index++)
    if (indexOf(text, waysToConsole[index] as string, begin) !== -1) return true
  return false
}

/** Evaluates the module; throws what its code throws. `console` makes one: for who cannot reach it there is none. */
export const loadExports = (loadModule: LoadModule, console: () => object): Record<string, unknown> => {
  const module: { exports: unknown } = { exports: {} }
  const given = mayReachConsole(loadModule) ? console() : undefined
  apply(loadModule, undefined, [module, module.exports, given, requireModule])
  const { exports } = module
  if (typeof exports !== 'object' || exports === null) throw new ErrorClass('The Action must export an object.')
  return exports as Record<string, unknown>
}

export const kindOf = (value: unknown): HandlerKind => {
  if (value === undefined) return 'missing'
  return typeof value === 'function' && getPrototypeOf(value) === asyncFunctionPrototype ? 'async' : 'not-async'
}

/** `undefined` where the action has no `onContinue…`: the pipeline then goes on with the next action. */
export const findHandler = (exports: Record<string, unknown>, name: HandlerName): Handler | undefined => {
  const value = exports[name]
  const kind = kindOf(value)
  if (kind === 'async') return value as Handler
  if (kind === 'missing' && name === 'onContinuePostChallenge') return undefined
  throw new ErrorClass(
    `Invalid function signature for the "${name}" handler. Use "exports.${name} = async function(event, api) { }" as the signature.`,
  )
}
