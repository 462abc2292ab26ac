import { bare, captureStackTrace, defineProperty, ErrorClass } from '../primordials.ts'

const own = (value: unknown) => bare({ value, configurable: true, enumerable: false, writable: true })

/** Errors that the web platform tells apart by `name`: `AbortError`, `TimeoutError`. */
export class DOMException extends ErrorClass {
  constructor(message: unknown = '', name: unknown = 'Error') {
    super(`${message}`)
    defineProperty(this, 'name', own(`${name}`))
    captureStackTrace(this)
  }
}
