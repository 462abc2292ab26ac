/** What a header may be called and hold (RFC 9110, 5.1 and 5.5), with Node's errors. */
import { nodeError } from '../../node-error.ts'

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const forbidden = /[^\t\x20-\x7e\x80-\xff]/

export function requireHeaderName(name: unknown, label = 'Header name'): asserts name is string {
  if (typeof name === 'string' && token.test(name)) return
  throw nodeError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `${label} must be a valid HTTP token ["${name}"]`)
}

export const requireHeaderValue = (name: unknown, value: unknown): void => {
  if (value === undefined)
    throw nodeError(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "${value}" for header "${name}"`)
  if (forbidden.test(`${value}`))
    throw nodeError(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`)
}
