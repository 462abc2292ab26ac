/** Errors of WebCrypto, in Node's words. */

import { nodeError } from '../../../node-error.ts'
import { loadWeb } from '../../../web-library.ts'
import { exceptionOf } from '../../native.ts'

type ExceptionClass = new (message: string, options: string | { name: string; cause?: unknown }) => Error

/** The one `DOMException` of this context. */
export const exception = (message: string, name: string, cause?: unknown): Error => {
  const { DOMException } = loadWeb().load('exceptions').globals as unknown as { DOMException: ExceptionClass }
  if (cause === undefined) return new DOMException(message, name)
  const made = new DOMException(message, name)
  return Object.defineProperty(made, 'cause', { value: cause, configurable: true, writable: true })
}

export const operationError = (message: string): Error => exception(message, 'OperationError')

/** What the host's function has thrown: its own exception, or OpenSSL's reason behind one that tells nothing. */
export const asOperation = <Result>(run: () => Result): Result => {
  try {
    return run()
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    // A bound of ours: authors have to be told.
    if (code === 'ERR_OUT_OF_RANGE') throw operationError(message)
    throw exception('The operation failed for an operation-specific reason', 'OperationError', error)
  }
}

/** A key that cannot be made of what was given. */
export const asKeyData = <Result>(run: () => Result): Result => {
  try {
    return run()
  } catch (error) {
    const name = exceptionOf(error)
    if (name !== undefined) throw exception((error as Error).message, name)
    throw exception('Invalid keyData', 'DataError', error)
  }
}

export const invalidAccess = (message: string): Error => exception(message, 'InvalidAccessError')
export const notSupported = (message: string): Error => exception(message, 'NotSupportedError')

export const illegalConstructor = (): Error => nodeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor')
export const invalidThis = (type: string): Error =>
  nodeError(TypeError, 'ERR_INVALID_THIS', `Value of "this" must be of type ${type}`)
