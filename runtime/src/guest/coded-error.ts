import { bare, defineProperty, ErrorClass } from './primordials.ts'

/** An error with Node's `code` property, by which authors tell errors apart. */
export const codedError = (message: string, code: string, Class: ErrorConstructor = ErrorClass): Error =>
  defineProperty(
    new Class(message),
    'code',
    bare({ value: code, configurable: true, enumerable: true, writable: true }),
  ) as Error
