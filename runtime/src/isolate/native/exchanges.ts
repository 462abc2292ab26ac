/** Agreeing on secrets. The guest holds both halves of its key and sends them along. */
import {
  createDiffieHellman,
  createECDH,
  DiffieHellman,
  decapsulate,
  diffieHellman,
  ECDH,
  encapsulate,
  getCurves,
  getDiffieHellman,
} from 'node:crypto'
import { atMost, bytesIn, isRecord, refuseCost } from './cost.ts'
import { keyArgument } from './key-material.ts'
import type { Operation, Operations } from './operation.ts'

/** OpenSSL looks whether it is one, each time: 0.3 s for 2048 bits, 50 s for 8192. The well-known ones are looked up. */
const longestPrimeBytes = 256

/** 8192 bits: the largest of the well-known groups. What is longer is an exponent that OpenSSL goes through bit by bit. */
const longestHalfBytes = 1_024

type State = { publicKey?: Buffer; privateKey?: Buffer }
type Method = (this: unknown, ...args: unknown[]) => unknown
type Exchange = Record<string, Method> & { verifyError?: number }

const checkPrime = ([prime, encoding]: readonly unknown[]): void => {
  if (typeof prime === 'number') refuseCost('A prime cannot be made here: name a group, or give a prime.')
  const bytes = typeof prime === 'string' ? Buffer.byteLength(prime, encoding as never) : bytesIn(prime)
  atMost(bytes, longestPrimeBytes, 'The prime, in bytes,')
}

const openDh = (construction: readonly unknown[]): Exchange => {
  const [group] = construction
  if (construction.length === 1 && typeof group === 'string') return getDiffieHellman(group) as never
  checkPrime(construction)
  const [prime, encoding, generator, generatorEncoding] = construction as never[]
  return createDiffieHellman(prime as never, encoding as never, generator as never, generatorEncoding as never) as never
}

const half = (exchange: Exchange, read: string): unknown => {
  try {
    return exchange[read]?.()
  } catch {
    return undefined
  }
}

/** A group's object has no setters of its own; Node's are the same functions for both. */
const setters = {
  dh: DiffieHellman.prototype as unknown as Exchange,
  ecdh: ECDH.prototype as unknown as Exchange,
} as const

const methodOf = (exchange: Exchange, kind: keyof typeof setters, name: string): Method | undefined => {
  if (name === 'setPublicKey' || name === 'setPrivateKey') return setters[kind][name]
  return stepNames.includes(name as never) ? exchange[name] : undefined
}

const take = (exchange: Exchange, kind: keyof typeof setters, [state, name, args]: readonly unknown[]): unknown => {
  const { publicKey, privateKey } = state as State
  for (const half of [publicKey, privateKey]) atMost(bytesIn(half), longestHalfBytes, 'A half of a key, in bytes,')
  if (privateKey) setters[kind].setPrivateKey?.call(exchange, privateKey)
  if (publicKey && kind === 'dh') setters[kind].setPublicKey?.call(exchange, publicKey)
  const result = methodOf(exchange, kind, String(name))?.call(exchange, ...(args as unknown[]))
  return {
    ...(result !== exchange && { result }),
    publicKey: half(exchange, 'getPublicKey'),
    privateKey: half(exchange, 'getPrivateKey'),
    ...(kind === 'dh' && { verifyError: exchange.verifyError }),
  }
}

const stepNames = [
  'generateKeys',
  'computeSecret',
  'getPrime',
  'getGenerator',
  'getPublicKey',
  'getPrivateKey',
] as const

const createDh: Operation = ([construction, ...rest]) => take(openDh(construction as unknown[]), 'dh', rest)
const createEcdh: Operation = ([curve, ...rest]) => take(createECDH(curve as never) as never, 'ecdh', rest)

const agree: Operation = ([given]) => {
  if (!isRecord(given)) return diffieHellman(given as never)
  const { privateKey, publicKey } = given
  return diffieHellman({
    ...given,
    privateKey: keyArgument(privateKey, 'private'),
    publicKey: keyArgument(publicKey, 'public'),
  } as never)
}

export const exchanges: Operations = {
  diffieHellman: agree,
  createDiffieHellman: createDh,
  createECDH: createEcdh,
  convertKey: (args) => ECDH.convertKey(...(args as [never, never])),
  getCurves,
  decapsulate: ([key, ciphertext]) => decapsulate(keyArgument(key, 'private') as never, ciphertext as never),
}

export const drawnExchanges: Operations = {
  generateDh: createDh,
  generateEcdh: createEcdh,
  encapsulate: ([key]) => encapsulate(keyArgument(key, 'public') as never),
}
