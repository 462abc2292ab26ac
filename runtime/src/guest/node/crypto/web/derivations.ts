/** Bits from a password, from a key, or from two halves of two keys. */
import { bytesOf, compute } from '../../native.ts'
import { CryptoKey, termsOf } from './crypto-key.ts'
import { asOperation, invalidAccess, operationError } from './exception.ts'
import { hashName, type Normalized } from './normalize.ts'

interface Deriving {
  algorithm: Normalized
  key: CryptoKey
  /** In bits. */
  length: number | null
}

const memberBytes = (value: unknown): Uint8Array => bytesOf(value as ArrayBufferView)

const wholeBytes = (length: number | null): number => {
  if (length === null) throw operationError('length cannot be null')
  if (length % 8 !== 0) throw operationError('length must be a multiple of 8')
  return length / 8
}

const fromPassword = ({ algorithm, key, length }: Deriving): ArrayBuffer => {
  const bytes = wholeBytes(length)
  const { salt, iterations, hash } = algorithm
  if (iterations === 0) throw operationError('iterations cannot be zero')
  if (bytes === 0) return new ArrayBuffer(0)
  const digest = hashName(hash?.name ?? '')
  const { key: password } = termsOf(key)
  const secret = (password as unknown as { export(): Uint8Array }).export()
  return copyOf(asOperation(() => compute('pbkdf2Sync', secret, memberBytes(salt), iterations, bytes, digest)))
}

const fromKey = ({ algorithm, key, length }: Deriving): ArrayBuffer => {
  const bytes = wholeBytes(length)
  if (bytes === 0) return new ArrayBuffer(0)
  const { salt, info, hash } = algorithm
  const args = [termsOf(key).key, memberBytes(salt), memberBytes(info), bytes]
  return asOperation(() => compute('hkdfSync', hashName(hash?.name ?? ''), ...args))
}

const copyOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

const requirePublic = (other: unknown, { algorithm, key }: Deriving): CryptoKey => {
  if (!(other instanceof CryptoKey)) throw new TypeError('algorithm.public is not of type CryptoKey.')
  const { algorithm: theirs } = termsOf(other)
  if (key.type !== 'private') throw invalidAccess('baseKey must be a private key')
  if (other.type !== 'public') throw invalidAccess('algorithm.public must be a public key')
  if (theirs.name !== algorithm.name) throw invalidAccess('algorithm.public must be the same type as baseKey')
  if (theirs.namedCurve !== termsOf(key).algorithm.namedCurve) throw invalidAccess('Named curve mismatch')
  return other
}

const fromHalves = (deriving: Deriving): ArrayBuffer => {
  const other = requirePublic(deriving.algorithm.public, deriving)
  const halves = { privateKey: termsOf(deriving.key).key, publicKey: termsOf(other).key }
  const secret = copyOf(asOperation(() => compute('diffieHellman', halves)))
  if (deriving.length === null) return secret
  const bytes = Math.ceil(deriving.length / 8)
  if (bytes > secret.byteLength) throw operationError('derived bit length is too small')
  const cut = secret.slice(0, bytes)
  const spare = bytes * 8 - deriving.length
  const view = new Uint8Array(cut)
  if (spare > 0) view[bytes - 1] = (view[bytes - 1] as number) & (0xff << spare)
  return cut
}

export const deriveBits = (deriving: Deriving): ArrayBuffer => {
  const { name } = deriving.algorithm
  if (name === 'PBKDF2') return fromPassword(deriving)
  return name === 'HKDF' ? fromKey(deriving) : fromHalves(deriving)
}

const blockBits: Readonly<Record<string, number>> = { 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1_024, 'SHA-512': 1_024 }
const sha3BlockBits: Readonly<Record<string, number>> = { 'SHA3-256': 1_088, 'SHA3-384': 832, 'SHA3-512': 576 }

/** Of a key that is made for this algorithm, in bits; `null` where any length will do. */
export const keyLength = ({ name, length, hash }: Normalized): number | null => {
  if (name === 'HKDF' || name === 'PBKDF2') return null
  if (name === 'ChaCha20-Poly1305') return 256
  if (name === 'HMAC') {
    if (length === 0) throw new TypeError('Zero-length key is not supported')
    return typeof length === 'number' ? length : (blockBits[hash?.name ?? ''] ?? sha3BlockBits[hash?.name ?? ''] ?? 512)
  }
  if (length !== 128 && length !== 192 && length !== 256) throw operationError('Invalid key length')
  return length
}
