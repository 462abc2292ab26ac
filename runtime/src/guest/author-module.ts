/** The author's module, and the handlers it exports. The messages are the vendor's. */
import type { HandlerName, LoadModule } from '../bridge/guest-door.ts'
import { apply, asyncFunctionPrototype, ErrorClass, getPrototypeOf } from './primordials.ts'
import { requireModule } from './require.ts'

export type Handler = (event: unknown, api: unknown) => Promise<unknown>
export type HandlerKind = 'missing' | 'async' | 'not-async'

/** Evaluates the module; throws what its code throws. */
export const loadExports = (loadModule: LoadModule, console: unknown): Record<string, unknown> => {
  const module: { exports: unknown } = { exports: {} }
  apply(loadModule, undefined, [module, module.exports, console, requireModule])
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
