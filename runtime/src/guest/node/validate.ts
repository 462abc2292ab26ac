/** Checks of arguments that Node's modules share. Each throws Node's error, which names the argument. */
import { invalidArgumentType, invalidArgumentValue } from '../node-error.ts'

export { requireInteger, requireNumber, requireString } from '../node-error.ts'

export function requireBoolean(value: unknown, name: string): asserts value is boolean {
  if (typeof value !== 'boolean') throw invalidArgumentType(name, 'boolean', value)
}

export function requireFunction(value: unknown, name: string): asserts value is (...args: unknown[]) => unknown {
  if (typeof value !== 'function') throw invalidArgumentType(name, 'Function', value)
}

/** An object that is neither null nor an array. */
export function requireObject(value: unknown, name: string): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalidArgumentType(name, 'Object', value)
}

export function requireArray(value: unknown, name: string): asserts value is unknown[] {
  if (!Array.isArray(value)) throw invalidArgumentType(name, 'Array', value)
}

export function requireOneOf(value: unknown, name: string, allowed: readonly unknown[]): void {
  if (allowed.includes(value)) return
  const list = allowed.map((item) => (typeof item === 'string' ? `'${item}'` : String(item))).join(', ')
  throw invalidArgumentValue(name, value, `must be one of: ${list}`)
}

/** What is asked of an AbortSignal, whoever has made it. */
export interface Signal {
  readonly aborted: boolean
  readonly reason?: unknown
  addEventListener(type: 'abort', listener: (event: object) => unknown, options?: { once: true }): void
  removeEventListener(type: 'abort', listener: (event: object) => unknown): void
}

/** Node takes whatever has `aborted`. */
export function requireAbortSignal(value: unknown, name: string): asserts value is Signal | undefined {
  if (value === undefined) return
  if (typeof value !== 'object' || value === null || !('aborted' in value))
    throw invalidArgumentType(name, 'AbortSignal', value)
}
