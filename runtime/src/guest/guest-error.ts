/**
 * Whatever an author throws, as strings. Getters and proxies may run here, inside the guest's time; they can neither break
 * the conversion nor follow it across the bridge.
 */
import type { GuestError } from '../bridge/outcome.ts'
import { inspectValue } from './formatter.ts'
import { bare, getOwnPropertyDescriptor, getPrototypeOf, slice } from './primordials.ts'

const longest = { name: 256, message: 2_048, code: 256, stack: 8_192 }

const textOrNothing = (read: () => unknown): string | undefined => {
  try {
    const value = read()
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

const ownText = (thrown: object, key: string) => textOrNothing(() => getOwnPropertyDescriptor(thrown, key)?.value)

/** The name its class gives it, as a DOMException's; what is only inherited from `Error` says less than the class. */
const nameOfClass = (thrown: object): string | undefined => {
  const prototype = getPrototypeOf(thrown)
  if (prototype === null || getOwnPropertyDescriptor(prototype, 'name') === undefined) return undefined
  return (thrown as { name?: string }).name
}

const nameOf = (thrown: object): string =>
  ownText(thrown, 'name') ||
  textOrNothing(() => nameOfClass(thrown)) ||
  textOrNothing(() => (thrown.constructor as { name?: unknown }).name) ||
  'Error'

/** What is no error but was thrown: shown as the console would show it. */
const describe = (thrown: unknown): string =>
  textOrNothing(() => (typeof thrown === 'string' ? thrown : inspectValue(thrown))) ?? 'A value that cannot be shown'

/** As Node shows it: why an error came to be is often all that helps, such as which limit a `fetch` met. */
const causesOf = (thrown: object, depth = 0): string => {
  const cause: unknown = getOwnPropertyDescriptor(thrown, 'cause')?.value
  if (cause === null || typeof cause !== 'object' || depth === mostCauses) return ''
  const message = textOrNothing(() => (cause as { message?: unknown }).message)
  if (message === undefined) return ''
  const headline = `${nameOf(cause)}: ${slice(message, 0, longest.message)}`
  const text = textOrNothing(() => (cause as { stack?: unknown }).stack) || headline
  return `\n  [cause]: ${slice(text, 0, longest.stack)}${causesOf(cause, depth + 1)}`
}
/** Enough to see where it began; an error may be its own cause. */
const mostCauses = 3

export const toGuestError = (thrown: unknown): GuestError => {
  if (thrown === null || (typeof thrown !== 'object' && typeof thrown !== 'function'))
    return bare({ name: 'Error', message: slice(describe(thrown), 0, longest.message) })
  const stack = textOrNothing(() => (thrown as { stack?: unknown }).stack)
  const message =
    textOrNothing(() => (thrown as { message?: unknown }).message) ?? (stack === undefined ? describe(thrown) : '')
  const error: GuestError = bare({
    name: slice(nameOf(thrown), 0, longest.name),
    message: slice(message, 0, longest.message),
  })
  const code = textOrNothing(() => (thrown as { code?: unknown }).code)
  if (code !== undefined) error.code = slice(code, 0, longest.code)
  if (stack !== undefined)
    error.stack = slice(`${stack}${textOrNothing(() => causesOf(thrown)) ?? ''}`, 0, longest.stack)
  return error
}
