import { bare, construct, defineProperty, RangeErrorClass, TypeErrorClass } from './primordials.ts'

/**
 * `ArrayBuffer` without `maxByteLength`. The original constructor must stay unreachable: `prototype.constructor` is the
 * wrapper too, and every other way to it (species, views) reads that property. `resize` and `transfer` are harmless then.
 */
export const wrapArrayBuffer = (Original: ArrayBufferConstructor): ArrayBufferConstructor => {
  const Wrapped = function (length?: unknown, options?: unknown) {
    if (new.target === undefined) throw new TypeErrorClass("Constructor ArrayBuffer requires 'new'")
    if (
      options !== null &&
      typeof options === 'object' &&
      (options as { maxByteLength?: unknown }).maxByteLength !== undefined
    )
      throw new RangeErrorClass('Resizable ArrayBuffers are not available to actions.')
    return construct(Original, [length], new.target)
  }
  const { prototype, isView } = Original
  defineProperty(Wrapped, 'prototype', bare({ value: prototype, writable: false }))
  defineProperty(Wrapped, 'name', bare({ value: 'ArrayBuffer', configurable: true }))
  defineProperty(Wrapped, 'length', bare({ value: 1, configurable: true }))
  defineProperty(Wrapped, 'isView', bare({ value: isView, configurable: true, writable: true }))
  defineProperty(
    Wrapped,
    Symbol.species,
    bare({
      get(this: unknown) {
        return this
      },
      configurable: true,
    }),
  )
  defineProperty(prototype, 'constructor', bare({ value: Wrapped, configurable: true, writable: true }))
  return Wrapped as unknown as ArrayBufferConstructor
}
