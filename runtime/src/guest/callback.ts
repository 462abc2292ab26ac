import { loadNode } from './libraries.ts'

export type Callback = (...args: unknown[]) => unknown

/** Node's words for what is no function; they are loaded with Node's modules. */
export const requireCallback = (callback: unknown): Callback => {
  if (typeof callback === 'function') return callback as Callback
  throw loadNode().invalidArgumentType('callback', 'Function', callback)
}
