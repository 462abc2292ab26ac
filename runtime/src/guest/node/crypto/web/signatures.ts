/** Signing and verifying by each algorithm. */
import { compute, draw } from '../../native.ts'
import { type CryptoKey, termsOf } from './crypto-key.ts'
import { hashName, type Normalized } from './normalize.ts'

interface Signing {
  digest: string | null
  /** What Node's `sign` takes as its key. */
  options: Record<string, unknown>
}

const pssPadding = 6

const signingBy = (key: CryptoKey, algorithm: Normalized): Signing => {
  const { key: keyObject, algorithm: own } = termsOf(key)
  const options = { key: keyObject }
  const digest = hashName((algorithm.hash ?? own.hash)?.name ?? '')
  switch (algorithm.name) {
    case 'RSASSA-PKCS1-v1_5':
      return { digest, options }
    case 'RSA-PSS':
      return { digest, options: { ...options, padding: pssPadding, saltLength: Number(algorithm.saltLength) } }
    case 'ECDSA':
      return { digest, options: { ...options, dsaEncoding: 'ieee-p1363' } }
    default:
      return {
        digest: null,
        options: { ...options, ...(algorithm.context !== undefined && { context: algorithm.context }) },
      }
  }
}

const mac = (key: CryptoKey, bytes: Uint8Array): Uint8Array => {
  const { key: keyObject, algorithm } = termsOf(key)
  return compute('createHmac', hashName(algorithm.hash?.name ?? ''), keyObject, undefined, [[bytes]], [undefined])
}

export const signBytes = (algorithm: Normalized, key: CryptoKey, bytes: Uint8Array): Uint8Array => {
  if (algorithm.name === 'HMAC') return mac(key, bytes)
  const { digest, options } = signingBy(key, algorithm)
  return draw('sign', digest, bytes, options)
}

interface Signed {
  bytes: Uint8Array
  signature: Uint8Array
}

export const verifyBytes = (algorithm: Normalized, key: CryptoKey, { bytes, signature }: Signed): boolean => {
  if (algorithm.name === 'HMAC') {
    const expected = mac(key, bytes)
    return expected.length === signature.length && compute<boolean>('timingSafeEqual', expected, signature)
  }
  const { digest, options } = signingBy(key, algorithm)
  return compute('verify', digest, bytes, options, signature)
}
