/**
 * Node's `crypto`. OpenSSL on the host computes; the guest holds keys, pieces and state, because the host keeps nothing
 * between two calls. Names and numbers of parameters are Node's.
 */
import { nodeError } from '../node-error.ts'
import { Certificate, X509Certificate } from './crypto/certificate.ts'
import { Cipheriv, Decipheriv } from './crypto/cipher.ts'
import { constants } from './crypto/constants.ts'
import * as derive from './crypto/derive.ts'
import { DiffieHellman, DiffieHellmanGroup, ECDH } from './crypto/exchange.ts'
import * as generate from './crypto/generate.ts'
import { Hash, Hmac, Mac } from './crypto/hash.ts'
import { createPrivateKey, createPublicKey, createSecretKey, KeyObject } from './crypto/key-object.ts'
import { Sign, signOneShot, Verify, verifyOneShot } from './crypto/signing.ts'
import { loadWebCrypto } from './crypto/web.ts'
import { withForm } from './function-form.ts'
import { compute } from './native.ts'
import { unavailable as notAvailable } from './unavailable.ts'

type Function = (...args: never[]) => unknown
type Class = new (...args: never[]) => object

/** Functions of Node make one without `new` as well. */
const callable = (Made: Class, { name = Made.name, length }: { name?: string; length: number }): object => {
  const construct = (...args: never[]) => new Made(...args)
  const made = function (...args: never[]) {
    return construct(...args)
  }
  Object.defineProperty(made, 'prototype', { value: Made.prototype })
  if (name === Made.name)
    Object.defineProperty(Made.prototype, 'constructor', { value: made, writable: true, configurable: true })
  for (const key of Object.getOwnPropertyNames(Made))
    if (!(key in made) && key !== 'prototype')
      Object.defineProperty(made, key, Object.getOwnPropertyDescriptor(Made, key) as PropertyDescriptor)
  return withForm(made, name, length)
}

const maker = (Made: Class, { name, length }: { name: string; length: number }): object =>
  withForm((...args: never[]) => new Made(...args), name, length)

const list = (name: string) => withForm(() => compute<string[]>(name), '', 0)

const unavailable = (name: string, { length, why }: { length: number; why: string }) =>
  withForm(
    () => {
      throw notAvailable(`crypto.${name}`, why)
    },
    name,
    length,
  )

const createDiffieHellmanGroup = maker(DiffieHellmanGroup, { name: 'createDiffieHellmanGroup', length: 1 })

const requireFips = (isOn?: unknown): void => {
  if (isOn) throw nodeError(Error, 'ERR_CRYPTO_FIPS_UNAVAILABLE', 'Cannot set FIPS mode in a non-FIPS build.')
}

/** Numbers of parameters that the functions themselves do not have: some take the rest as a list. */
const lengths: readonly (readonly [made: Function, length: number])[] = [
  [derive.argon2Sync, 2],
  [derive.decapsulate, 3],
  [derive.diffieHellman, 2],
  [derive.encapsulate, 2],
  [derive.hash, 3],
  [derive.hkdf, 6],
  [derive.hkdfSync, 5],
  [derive.pbkdf2, 6],
  [derive.pbkdf2Sync, 5],
  [derive.scrypt, 4],
  [derive.scryptSync, 3],
  [generate.checkPrimeSync, 1],
  [generate.generatePrime, 3],
  [generate.generatePrimeSync, 1],
  [generate.generateKeyPair, 3],
  [generate.generateKeyPairSync, 2],
  [generate.randomBytes, 2],
  [generate.randomFill, 4],
  [generate.randomFillSync, 1],
  [generate.randomInt, 3],
  [createSecretKey, 2],
  [signOneShot, 4],
  [verifyOneShot, 5],
]
for (const [made, length] of lengths) Object.defineProperty(made, 'length', { value: length, configurable: true })

// Bundling may have renamed them.
for (const [Made, name] of [
  [Hash, 'Hash'],
  [Hmac, 'Hmac'],
  [Mac, 'Mac'],
  [KeyObject, 'KeyObject'],
  [X509Certificate, 'X509Certificate'],
] as const)
  withForm(Made, name, Made.length)

const { publicEncrypt, publicDecrypt, privateEncrypt, privateDecrypt, timingSafeEqual } = derive
for (const made of [publicEncrypt, publicDecrypt, privateEncrypt, privateDecrypt]) withForm(made, '', 2)
withForm(timingSafeEqual, '', 0)

const { fillValues: _, ...generators } = generate

export const exported: object = {
  ...derive,
  ...generators,
  checkPrime: withForm(generate.checkPrime, 'checkPrime', 1),
  constants,
  createCipheriv: maker(Cipheriv, { name: 'createCipheriv', length: 4 }),
  createDecipheriv: maker(Decipheriv, { name: 'createDecipheriv', length: 4 }),
  createDiffieHellman: maker(DiffieHellman, { name: 'createDiffieHellman', length: 4 }),
  createDiffieHellmanGroup,
  getDiffieHellman: createDiffieHellmanGroup,
  createECDH: maker(ECDH, { name: 'createECDH', length: 1 }),
  createHash: maker(Hash, { name: 'createHash', length: 2 }),
  createHmac: maker(Hmac, { name: 'createHmac', length: 3 }),
  createMac: maker(Mac, { name: 'createMac', length: 3 }),
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  createSign: maker(Sign, { name: 'createSign', length: 2 }),
  createVerify: maker(Verify, { name: 'createVerify', length: 2 }),
  getCiphers: list('getCiphers'),
  getCurves: list('getCurves'),
  getHashes: list('getHashes'),
  getMacs: list('getMacs'),
  getCipherInfo: withForm((...args: unknown[]) => compute('getCipherInfo', ...args), 'getCipherInfo', 1),
  getFips: withForm(() => 0, 'getFips', 0),
  setFips: withForm(requireFips, 'setFips', 1),
  setEngine: unavailable('setEngine', { length: 2, why: 'engines are libraries of the host.' }),
  parsePKCS12: unavailable('parsePKCS12', { length: 1, why: 'how long it stretches a password is up to the file.' }),
  sign: signOneShot,
  verify: verifyOneShot,
  Certificate,
  Cipheriv: callable(Cipheriv, { length: 4 }),
  Decipheriv: callable(Decipheriv, { length: 4 }),
  DiffieHellman: callable(DiffieHellman, { length: 4 }),
  DiffieHellmanGroup: callable(DiffieHellmanGroup, { length: 1 }),
  ECDH: callable(ECDH, { length: 1 }),
  // Node's own are wrapped to say that they are deprecated.
  Hash: callable(Hash, { name: 'deprecated', length: 2 }),
  Hmac: callable(Hmac, { name: 'deprecated', length: 3 }),
  KeyObject,
  Sign: callable(Sign, { length: 2 }),
  Verify: callable(Verify, { length: 2 }),
  X509Certificate,
}

Object.defineProperties(exported, {
  webcrypto: { get: () => loadWebCrypto().crypto, enumerable: true },
  subtle: { get: () => loadWebCrypto().crypto.subtle, enumerable: true },
  getRandomValues: { get: () => loadWebCrypto().getRandomValues, enumerable: true },
  prng: { value: generate.randomBytes, writable: true, configurable: true },
  pseudoRandomBytes: { value: generate.randomBytes, writable: true, configurable: true },
  rng: { value: generate.randomBytes, writable: true, configurable: true },
  fips: { get: () => 0, set: requireFips },
})
