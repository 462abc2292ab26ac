/** Algorithms as callers name them, and as the operations take them: WebCrypto section 18.4. */
import { nodeError } from '../../../node-error.ts'
import { exception, notSupported } from './exception.ts'

export interface Normalized extends Record<string, unknown> {
  name: string
  hash?: { name: string }
}

const hashes = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-256', 'SHA3-384', 'SHA3-512']
const mlDsa = ['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87']
const mlKem = ['ML-KEM-512', 'ML-KEM-768', 'ML-KEM-1024']
const aes = ['AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-OCB']
const signing = ['HMAC', 'RSASSA-PKCS1-v1_5', 'RSA-PSS', 'ECDSA', 'Ed25519', 'Ed448', ...mlDsa]
const encrypting = [...aes, 'ChaCha20-Poly1305', 'RSA-OAEP']
const agreeing = ['ECDH', 'X25519', 'X448']
const generated = [...signing, ...encrypting, 'AES-KW', ...agreeing, ...mlKem]

/** What an algorithm can be used for. */
const supported = {
  digest: hashes,
  sign: signing,
  verify: signing,
  encrypt: encrypting,
  decrypt: encrypting,
  wrapKey: [...encrypting, 'AES-KW'],
  unwrapKey: [...encrypting, 'AES-KW'],
  deriveBits: [...agreeing, 'HKDF', 'PBKDF2'],
  generateKey: generated,
  importKey: [...generated, 'HKDF', 'PBKDF2'],
  'get key length': [...aes, 'AES-KW', 'ChaCha20-Poly1305', 'HMAC', 'HKDF', 'PBKDF2'],
  encapsulate: mlKem,
} as const satisfies Record<string, readonly string[]>

export type Use = keyof typeof supported

type Required = readonly [dictionary: string, ...members: string[]]
const rsaImport: Required = ['RsaHashedImportParams', 'hash']
const ecKey: Required = ['EcKeyImportParams', 'namedCurve']
const aead: Required = ['AeadParams', 'iv']
const ciphers: Record<string, Required> = {
  'AES-CBC': ['AesCbcParams', 'iv'],
  'AES-CTR': ['AesCtrParams', 'counter', 'length'],
  'AES-GCM': aead,
  'AES-OCB': aead,
  'ChaCha20-Poly1305': aead,
}
const rsaGenerated: Required = ['RsaHashedKeyGenParams', 'hash', 'modulusLength', 'publicExponent']
const ecGenerated: Required = ['EcKeyGenParams', 'namedCurve']
const aesLength = (dictionary: string): Record<string, Required> =>
  Object.fromEntries([...aes, 'AES-KW'].map((name) => [name, [dictionary, 'length']]))

/** Members without which an algorithm is nothing, in the order in which they are asked for. */
const required: Partial<Record<Use, Record<string, Required>>> = {
  sign: { 'RSA-PSS': ['RsaPssParams', 'saltLength'], ECDSA: ['EcdsaParams', 'hash'] },
  verify: { 'RSA-PSS': ['RsaPssParams', 'saltLength'], ECDSA: ['EcdsaParams', 'hash'] },
  encrypt: ciphers,
  decrypt: ciphers,
  wrapKey: ciphers,
  unwrapKey: ciphers,
  deriveBits: {
    ECDH: ['EcdhKeyDeriveParams', 'public'],
    X25519: ['EcdhKeyDeriveParams', 'public'],
    X448: ['EcdhKeyDeriveParams', 'public'],
    HKDF: ['HkdfParams', 'hash', 'info', 'salt'],
    PBKDF2: ['Pbkdf2Params', 'hash', 'iterations', 'salt'],
  },
  importKey: {
    HMAC: ['HmacImportParams', 'hash'],
    'RSASSA-PKCS1-v1_5': rsaImport,
    'RSA-PSS': rsaImport,
    'RSA-OAEP': rsaImport,
    ECDSA: ecKey,
    ECDH: ecKey,
  },
  generateKey: {
    HMAC: ['HmacKeyGenParams', 'hash'],
    'RSASSA-PKCS1-v1_5': rsaGenerated,
    'RSA-PSS': rsaGenerated,
    'RSA-OAEP': rsaGenerated,
    ECDSA: ecGenerated,
    ECDH: ecGenerated,
    ...aesLength('AesKeyGenParams'),
  },
  'get key length': { HMAC: ['HmacImportParams', 'hash'], ...aesLength('AesDerivedKeyParams') },
}

const missing = (member: string, dictionary: string): Error =>
  nodeError(
    TypeError,
    'ERR_MISSING_OPTION',
    `Failed to normalize algorithm: passed algorithm cannot be converted to '${dictionary}' because '${member}' is required in '${dictionary}'.`,
  )

const nameOf = (given: unknown): string => {
  if (typeof given === 'string') return given
  if (typeof given !== 'object' || given === null) return String(given)
  const { name } = given as { name?: unknown }
  if (name === undefined) throw missing('name', 'Algorithm')
  return String(name)
}

const canonical = (name: string, use: Use): string => {
  const found = supported[use].find((known) => known.toLowerCase() === name.toLowerCase())
  if (found === undefined) throw notSupported('Unrecognized algorithm name')
  return found
}

export const isUsableFor = (name: string, use: Use): boolean => (supported[use] as readonly string[]).includes(name)

/** Members are read once, here: they may be accessors. */
export const normalize = (given: unknown, use: Use): Normalized => {
  const name = canonical(nameOf(given), use)
  const members: Record<string, unknown> = typeof given === 'object' ? { ...given } : {}
  const [dictionary = '', ...needed] = required[use]?.[name] ?? []
  for (const member of needed) if (members[member] === undefined) throw missing(member, dictionary)
  const { hash, ...others } = members
  if (hash === undefined) return { ...others, name }
  return { ...others, name, hash: { name: canonical(nameOf(hash), 'digest') } }
}

/** OpenSSL's name for a hash. */
export const hashName = (name: string): string => name.replace(/^SHA-/, 'sha').replace(/^SHA3/, 'sha3')

const knownUsages = [
  ...['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'],
  ...['encapsulateBits', 'encapsulateKey', 'decapsulateBits', 'decapsulateKey'],
]

export const checkUsages = (usages: unknown, where: string): string[] => {
  if (!Array.isArray(usages))
    throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `${where} can not be converted to sequence.`)
  return usages.map((usage, index) => {
    if (knownUsages.includes(String(usage))) return String(usage)
    const message = `${where}[${index}] '${usage}' is not a valid enum value of type KeyUsage.`
    throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', message)
  })
}

export const usagesMissing = (words: string): Error => exception(`Usages cannot be empty when ${words}.`, 'SyntaxError')
