/** New keys and pairs of keys. */
import { bytesOf, draw } from '../../native.ts'
import { createSecretKey, type KeyObject } from '../key-object.ts'
import { type CryptoKey, toCryptoKey } from './crypto-key.ts'
import { keyLength } from './derivations.ts'
import { asOperation, exception, notSupported, operationError } from './exception.ts'
import { isSecret, makeCryptoKey } from './import-key.ts'
import type { Normalized } from './normalize.ts'

interface Generating {
  algorithm: Normalized
  extractable: boolean
  usages: string[]
}

const generateSecret = (generating: Generating): CryptoKey => {
  const { algorithm, usages } = generating
  if (algorithm.name === 'HMAC' && algorithm.length === 0) throw operationError('HmacKeyGenParams.length cannot be 0')
  if (algorithm.name.startsWith('AES-') && ![128, 192, 256].includes(Number(algorithm.length)))
    throw operationError('AES key length must be 128, 192, or 256 bits')
  const bits = keyLength(algorithm) ?? 0
  const key = createSecretKey(asOperation(() => draw('randomBytes', Math.ceil(bits / 8))))
  if (usages.length === 0) {
    // Unknown usages are told first.
    toCryptoKey(key, {
      algorithm: algorithm.name === 'HMAC' ? algorithm : { name: algorithm.name },
      extractable: true,
      usages,
    })
    throw emptyUsages()
  }
  return makeCryptoKey(key, generating)
}

const emptyUsages = (): Error => exception('Usages cannot be empty when creating a key.', 'SyntaxError')

const ofPrivate = ['sign', 'decrypt', 'unwrapKey', 'deriveKey', 'deriveBits', 'decapsulateBits', 'decapsulateKey']

const exponentOf = (given: unknown): number => {
  const exponent = bytesOf(given as ArrayBufferView).reduce((sum, byte) => sum * 256 + byte, 0)
  if (exponent < 3) throw operationError('algorithm.publicExponent must be at least 3')
  return exponent
}

const curves = ['P-256', 'P-384', 'P-521']

/** Type and options of Node's `generateKeyPair`. */
const pairOptions = (algorithm: Normalized): [type: string, options?: object] => {
  const { name, modulusLength, publicExponent, namedCurve } = algorithm
  if (name.startsWith('RSA'))
    return ['rsa', { modulusLength: Number(modulusLength), publicExponent: exponentOf(publicExponent) }]
  if (name.startsWith('EC')) {
    if (!curves.includes(String(namedCurve))) throw notSupported('Unrecognized namedCurve')
    return ['ec', { namedCurve }]
  }
  return [name.toLowerCase()]
}

export interface KeyPair {
  publicKey: CryptoKey
  privateKey: CryptoKey
}

const generatePair = ({ algorithm, extractable, usages }: Generating): KeyPair => {
  const { name, hash, namedCurve } = algorithm
  const wanted = { name, ...(hash && { hash }), ...(namedCurve !== undefined && { namedCurve }) }
  const [type, options] = pairOptions(algorithm)
  const pair = asOperation(() => draw<Record<keyof KeyPair, KeyObject>>('generateKeyPairSync', type, options))
  const split = (isPrivate: boolean) => [...new Set(usages)].filter((usage) => ofPrivate.includes(usage) === isPrivate)
  const publicKey = toCryptoKey(pair.publicKey, { algorithm: wanted, extractable: true, usages: split(false) })
  const privateUsages = split(true)
  if (privateUsages.length === 0) throw emptyUsages()
  const privateKey = toCryptoKey(pair.privateKey, { algorithm: wanted, extractable, usages: privateUsages })
  return { publicKey, privateKey }
}

export const generateKey = (generating: Generating): CryptoKey | KeyPair =>
  isSecret(generating.algorithm.name) ? generateSecret(generating) : generatePair(generating)
