/** Keys from bytes and from JWKs. */

import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from '../key-object.ts'
import { type CryptoKey, toCryptoKey } from './crypto-key.ts'
import { asKeyData, exception, notSupported } from './exception.ts'
import type { Normalized } from './normalize.ts'

interface Importing {
  format: string
  material: unknown
  algorithm: Normalized
  extractable: boolean
  usages: string[]
}

const keyError = (message: string): Error => exception(message, 'DataError')

export const isSecret = (name: string): boolean => /^(?:HMAC|AES-|ChaCha20|HKDF|PBKDF2)/.test(name)
const isDerivable = (name: string): boolean => name === 'HKDF' || name === 'PBKDF2'

/** `kty` of JWKs, and `crv` where the algorithm alone tells it. */
const ktyOf = (name: string): string => {
  if (isSecret(name)) return 'oct'
  if (name.startsWith('RSA')) return 'RSA'
  if (name.startsWith('ML-')) return 'AKP'
  return name.startsWith('EC') ? 'EC' : 'OKP'
}

const jwaHash = (hash: string | undefined): string => (hash ?? '').replace(/^SHA-/, '')

/** The name of an algorithm in a JWK; undefined where there is none for it. */
export const jwaName = ({ name, hash, length }: Normalized & { length?: unknown }): string | undefined => {
  const digest = jwaHash(hash?.name)
  if (name === 'HMAC') return `HS${digest}`
  if (name === 'RSASSA-PKCS1-v1_5') return `RS${digest}`
  if (name === 'RSA-PSS') return `PS${digest}`
  if (name === 'RSA-OAEP') return digest === '1' ? 'RSA-OAEP' : `RSA-OAEP-${digest}`
  if (name === 'ChaCha20-Poly1305') return 'C20P'
  if (name.startsWith('AES-')) return `A${length}${name.slice(4)}`
  return name.startsWith('Ed') || name.startsWith('ML-') ? name : undefined
}

interface Jwk {
  kty?: unknown
  use?: unknown
  key_ops?: unknown
  ext?: unknown
  alg?: unknown
  crv?: unknown
  k?: unknown
  d?: unknown
  priv?: unknown
}

const useOf = (name: string): string => (/^(?:HMAC|RSASSA|RSA-PSS|ECDSA|Ed|ML-DSA)/.test(name) ? 'sig' : 'enc')

const checkJwk = (jwk: Jwk, { algorithm, extractable, usages }: Importing): void => {
  const { name } = algorithm
  if (!jwk.kty) throw keyError('Invalid keyData')
  if (jwk.kty !== ktyOf(name)) throw keyError('Invalid JWK "kty" Parameter')
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== useOf(name))
    throw keyError('Invalid JWK "use" Parameter')
  if (Array.isArray(jwk.key_ops) && usages.some((usage) => !(jwk.key_ops as unknown[]).includes(usage)))
    throw keyError('Key operations and usage mismatch')
  if (jwk.ext === false && extractable) throw keyError('JWK "ext" Parameter and extractable mismatch')
  if (ktyOf(name) === 'OKP' && jwk.crv !== name) throw keyError('JWK "crv" Parameter and algorithm name mismatch')
  if (ktyOf(name) === 'EC' && jwk.crv !== algorithm.namedCurve)
    throw keyError('JWK "crv" does not match the requested algorithm')
}

const checkAlg = (jwk: Jwk, algorithm: Normalized, length: number): void => {
  if (jwk.alg === undefined || ktyOf(algorithm.name) === 'EC') return
  // Before it had a name of its own it was called by its family's.
  const isFamily = jwk.alg === 'EdDSA' && algorithm.name.startsWith('Ed')
  if (isFamily || jwk.alg === jwaName({ ...algorithm, length })) return
  throw keyError('JWK "alg" does not match the requested algorithm')
}

const fromJwk = (importing: Importing): KeyObject => {
  const jwk = importing.material as Jwk
  checkJwk(jwk, importing)
  if (isSecret(importing.algorithm.name)) {
    if (typeof jwk.k !== 'string') throw keyError('Invalid keyData')
    const key = asKeyData(() => createSecretKey(jwk.k, 'base64url'))
    checkAlg(jwk, importing.algorithm, (key as KeyObject & { symmetricKeySize: number }).symmetricKeySize * 8)
    return key
  }
  checkAlg(jwk, importing.algorithm, 0)
  const make = jwk.d === undefined && jwk.priv === undefined ? createPublicKey : createPrivateKey
  return asKeyData(() => make({ key: jwk, format: 'jwk' }))
}

const opensslNames: Readonly<Record<string, string>> = { ECDSA: 'ec', ECDH: 'ec' }

const fromRaw = ({ algorithm, material, format }: Importing): KeyObject => {
  const { name, namedCurve } = algorithm
  if (isSecret(name)) return asKeyData(() => createSecretKey(material))
  const asymmetricKeyType = opensslNames[name] ?? name.toLowerCase()
  const options = { asymmetricKeyType, ...(namedCurve !== undefined && { namedCurve }) }
  if (format === 'raw-seed') return asKeyData(() => createPrivateKey({ key: material, format, ...options }))
  return asKeyData(() => createPublicKey({ key: material, format: 'raw-public', ...options }))
}

const readKey = (importing: Importing): KeyObject => {
  const { format, material, algorithm } = importing
  const { name } = algorithm
  if (format === 'jwk' && !isDerivable(name)) return fromJwk(importing)
  const isRaw = format === 'raw' || format === 'raw-secret' || format === 'raw-public' || format === 'raw-seed'
  const fits = isSecret(name)
    ? format === 'raw' || format === 'raw-secret'
    : format === 'raw'
      ? !name.startsWith('RSA') && !name.startsWith('ML-')
      : format === 'raw-public'
        ? !name.startsWith('RSA')
        : format === 'raw-seed' && name.startsWith('ML-')
  if (isRaw && fits) return fromRaw(importing)
  if (isSecret(name) || isRaw) throw notSupported(`Unable to import ${name} using ${format} format`)
  if (format === 'spki') return asKeyData(() => createPublicKey({ key: material, format: 'der', type: 'spki' }))
  return asKeyData(() => createPrivateKey({ key: material, format: 'der', type: 'pkcs8' }))
}

/** What Node wants to be told; its own functions check the rest. */
const wanted = ({ name, hash, namedCurve, length }: Normalized): object => ({
  name,
  ...(hash !== undefined && { hash }),
  ...(namedCurve !== undefined && { namedCurve }),
  ...(name === 'HMAC' && length !== undefined && { length }),
})

export const makeCryptoKey = (key: KeyObject, importing: Omit<Importing, 'format' | 'material'>): CryptoKey => {
  const { algorithm, extractable, usages } = importing
  if (isDerivable(algorithm.name) && extractable)
    throw exception(`${algorithm.name} keys are not extractable`, 'SyntaxError')
  const made = toCryptoKey(key, { algorithm: wanted(algorithm), extractable, usages })
  if (usages.length === 0 && made.type !== 'public')
    throw exception(`Usages cannot be empty when importing a ${made.type} key.`, 'SyntaxError')
  return made
}

export const importKey = (importing: Importing): CryptoKey => makeCryptoKey(readKey(importing), importing)

/** The public half. */
export const publicHalf = (key: KeyObject): KeyObject => createPublicKey(key)
