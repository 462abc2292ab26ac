import { codedError } from './coded-error.ts'
import { bare, defineProperty, TypeErrorClass } from './primordials.ts'

/** What Node says of a text that is no URL: `input` is the text, `base` what it was to be resolved against. */
export const invalidUrl = (input: string, base?: string): Error => {
  const error = codedError('Invalid URL', 'ERR_INVALID_URL', TypeErrorClass)
  const own = (value: string) => bare({ value, configurable: true, enumerable: true, writable: true })
  defineProperty(error, 'input', own(input))
  if (base !== undefined) defineProperty(error, 'base', own(base))
  return error
}
