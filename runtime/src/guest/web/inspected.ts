/** How the web's objects show themselves to `console` and `util.inspect`: as Node prints its own. */
import { inspectValue } from '../formatter.ts'

/** The name of the method that `util.inspect` calls. */
export const inspectSymbol: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never

interface Options {
  depth?: number | null
}

/** `Blob { size: 1, type: '' }`, or the name alone where nothing deeper is to be shown. */
export const showFields = (name: string, fields: object, [depth, options]: readonly unknown[]): string => {
  if (typeof depth === 'number' && depth < 0) return name
  const given = (options ?? {}) as Options
  const deeper = typeof given.depth === 'number' ? { ...given, depth: given.depth - 1 } : given
  return `${name} ${inspectValue(fields, deeper)}`
}
