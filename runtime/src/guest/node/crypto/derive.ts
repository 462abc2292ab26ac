/** Keys from passwords, from other keys and from two parties; RSA's encryption. */
import { compute, draw, tell } from '../native.ts'
import { requireFunction } from '../validate.ts'
import { runOrTell } from './signing.ts'

type Result = unknown

/** The function, told to a callback. */
const tellOf = (callback: unknown, name: string, args: unknown[]): void => {
  requireFunction(callback, 'callback')
  tell(callback, () => [compute(name, ...args)])
}

export const pbkdf2Sync = (...args: unknown[]): Result => compute('pbkdf2Sync', ...args)
export const pbkdf2 = (...[password, salt, iterations, length, ...rest]: unknown[]): void => {
  // Without a digest, which is refused then.
  const [digest, callback] = typeof rest[0] === 'function' ? [undefined, rest[0]] : rest
  tellOf(callback, 'pbkdf2Sync', [password, salt, iterations, length, digest])
}

export const scryptSync = (...args: unknown[]): Result => compute('scryptSync', ...args)
export const scrypt = (...[password, salt, length, ...rest]: unknown[]): void => {
  const [options, callback] = rest[1] === undefined ? [undefined, rest[0]] : rest
  tellOf(callback, 'scryptSync', [password, salt, length, options])
}

export const hkdfSync = (...args: unknown[]): Result => compute('hkdfSync', ...args)
export const hkdf = (...[digest, key, salt, info, length, callback]: unknown[]): void =>
  tellOf(callback, 'hkdfSync', [digest, key, salt, info, length])

export const argon2Sync = (...args: unknown[]): Result => compute('argon2Sync', ...args)
export const argon2 = (algorithm: unknown, parameters: unknown, callback?: unknown): void =>
  tellOf(callback, 'argon2Sync', [algorithm, parameters])

export const timingSafeEqual = (...args: unknown[]): Result => compute('timingSafeEqual', ...args)
export const hash = (algorithm: unknown, bytes: unknown, options?: unknown): Result =>
  compute('hash', algorithm, bytes, options)

export const publicEncrypt = (key: unknown, bytes: unknown): Result => draw('publicEncrypt', key, bytes)
export const privateEncrypt = (key: unknown, bytes: unknown): Result => draw('privateEncrypt', key, bytes)
export const publicDecrypt = (key: unknown, bytes: unknown): Result => compute('publicDecrypt', key, bytes)
export const privateDecrypt = (key: unknown, bytes: unknown): Result => compute('privateDecrypt', key, bytes)

export const diffieHellman = (options: unknown, callback?: unknown): Result => {
  if (callback === undefined) return compute('diffieHellman', options)
  requireFunction(callback, 'callback')
  return tell(callback, () => [compute('diffieHellman', options)])
}

export const encapsulate = (key: unknown, callback?: unknown): Result =>
  runOrTell(callback, { key, make: 'createPublicKey', run: () => draw('encapsulate', key) })

export const decapsulate = (key: unknown, ciphertext: unknown, callback?: unknown): Result =>
  runOrTell(callback, { key, make: 'createPrivateKey', run: () => compute('decapsulate', key, ciphertext) })
