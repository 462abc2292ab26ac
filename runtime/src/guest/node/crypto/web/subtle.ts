/**
 * `SubtleCrypto`. What is wrong with the arguments, and what the host answers, comes through a promise; the work itself is
 * done while the caller waits for nothing else.
 */
import { nodeError } from '../../../node-error.ts'
import { compute, draw } from '../../native.ts'
import { type Arguments, readArguments } from './arguments.ts'
import { runCipher } from './ciphers.ts'
import { type CryptoKey, termsOf } from './crypto-key.ts'
import { deriveBits, keyLength } from './derivations.ts'
import { asKeyData, asOperation, exception, illegalConstructor, invalidAccess, invalidThis } from './exception.ts'
import { exportKey } from './export-key.ts'
import { generateKey } from './generate-key.ts'
import { importKey, makeCryptoKey, publicHalf } from './import-key.ts'
import { hashName, isUsableFor, type Normalized, normalize, type Use } from './normalize.ts'
import { signBytes, verifyBytes } from './signatures.ts'

const toBuffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

/** The key must have been made for this algorithm and this use. */
const requireKey = (key: CryptoKey, { name }: Normalized, usage: string): CryptoKey => {
  const { algorithm, usages } = termsOf(key)
  if (algorithm.name !== name) throw invalidAccess('Key algorithm mismatch')
  if (!usages.includes(usage)) throw invalidAccess(`Unable to use this key to ${usage}`)
  return key
}

const cipher = (use: 'encrypt' | 'decrypt') => (args: Arguments) => {
  const algorithm = normalize(args.given[0], use)
  const key = requireKey(args.key(1), algorithm, use)
  const direction = use === 'encrypt' ? 'createCipheriv' : 'createDecipheriv'
  return toBuffer(runCipher({ direction, algorithm, key, bytes: args.bytes(2) }))
}

const lengthOf = (given: unknown): number | null => (given === undefined || given === null ? null : Number(given))

const derived = (args: Arguments, usage: 'deriveBits' | 'deriveKey', length: number | null): ArrayBuffer => {
  const algorithm = normalize(args.given[0], 'deriveBits')
  return deriveBits({ algorithm, key: requireKey(args.key(1), algorithm, usage), length })
}

const deriveKey = (args: Arguments): unknown => {
  const target = args.given[2]
  const length = keyLength(normalize(target, 'get key length'))
  const material = derived(args, 'deriveKey', length)
  return imported({ target, material: new Uint8Array(material), format: 'raw-secret', rest: [args, 3] })
}

interface Imported {
  target: unknown
  material: unknown
  format: string
  /** Where `extractable` is, with the usages after it. */
  rest: readonly [args: Arguments, index: number]
}

const imported = ({ target, material, format, rest: [args, index] }: Imported): CryptoKey =>
  importKey({
    ...{ format, material, algorithm: normalize(target, 'importKey') },
    ...{ extractable: !!args.given[index], usages: args.usages(index + 1) },
  })

const importFrom = (args: Arguments): unknown => {
  const format = args.format(0)
  if (format !== 'jwk') {
    const usages = args.usages(4)
    return importKey({
      ...{ format, material: args.bytes(1), algorithm: normalize(args.given[2], 'importKey') },
      ...{ extractable: !!args.given[3], usages },
    })
  }
  const jwk = args.given[1]
  if ((typeof jwk !== 'object' && typeof jwk !== 'function') || jwk === null)
    throw nodeError(
      TypeError,
      'ERR_INVALID_ARG_TYPE',
      "Failed to execute 'importKey' on 'SubtleCrypto': 2nd argument cannot be converted to a dictionary",
    )
  return imported({ target: args.given[2], material: { ...jwk }, format, rest: [args, 3] })
}

type Encoder = { encode(text: string): Uint8Array }
const utf8 = (text: string): Uint8Array =>
  new (globalThis as unknown as { TextEncoder: new () => Encoder }).TextEncoder().encode(text)
const text = (bytes: Uint8Array): string =>
  new (globalThis as unknown as { TextDecoder: new () => { decode(bytes: Uint8Array): string } }).TextDecoder().decode(
    bytes,
  )

const wrapKey = (args: Arguments): unknown => {
  const format = args.format(0)
  const algorithm = normalize(args.given[3], 'wrapKey')
  const key = requireKey(args.key(2), algorithm, 'wrapKey')
  const exported = exportKey(format, args.key(1))
  const plain = format === 'jwk' ? utf8(JSON.stringify(exported)) : new Uint8Array(exported as ArrayBuffer)
  const spaces = algorithm.name === 'AES-KW' && format === 'jwk' ? (8 - (plain.length % 8)) % 8 : 0
  // A wrapped key is a multiple of 8 bytes; blanks are harmless in JSON.
  const bytes = spaces === 0 ? plain : utf8(`${JSON.stringify(exported).slice(0, -1)}${' '.repeat(spaces)}}`)
  return toBuffer(runCipher({ direction: 'createCipheriv', algorithm, key, bytes }))
}

const unwrapKey = (args: Arguments): unknown => {
  const format = args.format(0)
  const algorithm = normalize(args.given[3], 'unwrapKey')
  const key = requireKey(args.key(2), algorithm, 'unwrapKey')
  const bytes = runCipher({ direction: 'createDecipheriv', algorithm, key, bytes: args.bytes(1) })
  const material = format === 'jwk' ? asKeyData(() => JSON.parse(text(bytes))) : new Uint8Array(bytes)
  return imported({ target: args.given[4], material, format, rest: [args, 5] })
}

interface Encapsulated {
  sharedKey: Uint8Array
  ciphertext: Uint8Array
}

const encapsulated = (args: Arguments, usage: string) => {
  const algorithm = normalize(args.given[0], 'encapsulate')
  const { key } = termsOf(requireKey(args.key(1), algorithm, usage))
  const { sharedKey, ciphertext } = asOperation(() => draw<Encapsulated>('encapsulate', key))
  return { sharedKey: toBuffer(sharedKey), ciphertext: toBuffer(ciphertext) }
}

const decapsulated = (args: Arguments, usage: string): ArrayBuffer => {
  const algorithm = normalize(args.given[0], 'encapsulate')
  const { key } = termsOf(requireKey(args.key(1), algorithm, usage))
  return toBuffer(asOperation(() => compute<Uint8Array>('decapsulate', key, args.bytes(2))))
}

const shared = (args: Arguments, material: ArrayBuffer, index: number): CryptoKey =>
  imported({
    target: args.given[index],
    material: new Uint8Array(material),
    format: 'raw-secret',
    rest: [args, index + 1],
  })

/** Each method by its name, with the number of arguments that it needs. */
const methods: Record<string, readonly [least: number, run: (args: Arguments) => unknown]> = {
  encrypt: [3, cipher('encrypt')],
  decrypt: [3, cipher('decrypt')],
  sign: [
    3,
    (args) => {
      const algorithm = normalize(args.given[0], 'sign')
      const key = requireKey(args.key(1), algorithm, 'sign')
      const bytes = args.bytes(2)
      return toBuffer(asOperation(() => signBytes(algorithm, key, bytes)))
    },
  ],
  verify: [
    4,
    (args) => {
      const algorithm = normalize(args.given[0], 'verify')
      const key = requireKey(args.key(1), algorithm, 'verify')
      const signed = { signature: args.bytes(2), bytes: args.bytes(3) }
      return asOperation(() => verifyBytes(algorithm, key, signed))
    },
  ],
  digest: [
    2,
    (args) => {
      const bytes = args.bytes(1)
      const { name } = normalize(args.given[0], 'digest')
      return toBuffer(
        asOperation(() => compute<Uint8Array>('createHash', hashName(name), undefined, [[bytes]], [undefined])),
      )
    },
  ],
  generateKey: [
    3,
    (args) => {
      const usages = args.usages(2)
      return generateKey({ algorithm: normalize(args.given[0], 'generateKey'), extractable: !!args.given[1], usages })
    },
  ],
  deriveKey: [5, deriveKey],
  deriveBits: [2, (args) => derived(args, 'deriveBits', lengthOf(args.given[2]))],
  importKey: [5, importFrom],
  exportKey: [2, (args) => exportKey(args.format(0), args.key(1))],
  wrapKey: [4, wrapKey],
  unwrapKey: [7, unwrapKey],
  getPublicKey: [
    2,
    (args) => {
      const { key, algorithm } = termsOf(args.key(0))
      const usages = args.usages(1)
      if (key.type !== 'private')
        throw exception('key must be a private key', key.type === 'secret' ? 'NotSupportedError' : 'InvalidAccessError')
      return makeCryptoKey(publicHalf(key), { algorithm: algorithm as Normalized, extractable: true, usages })
    },
  ],
  encapsulateBits: [2, (args) => encapsulated(args, 'encapsulateBits')],
  encapsulateKey: [
    5,
    (args) => {
      const { sharedKey, ciphertext } = encapsulated(args, 'encapsulateKey')
      return { sharedKey: shared(args, sharedKey, 2), ciphertext }
    },
  ],
  decapsulateBits: [3, (args) => decapsulated(args, 'decapsulateBits')],
  decapsulateKey: [6, (args) => shared(args, decapsulated(args, 'decapsulateKey'), 3)],
}

const own = Symbol('own')

export class SubtleCrypto {
  constructor(permit?: unknown) {
    if (permit !== own) throw illegalConstructor()
  }
  /** Whether an operation knows an algorithm. */
  static supports(operation: unknown, algorithm: unknown, _other: unknown = null): boolean {
    try {
      const use = `${operation}` as Use
      return isUsableFor(normalize(algorithm, use).name, use)
    } catch {
      return false
    }
  }
}

for (const [name, [least, run]] of Object.entries(methods)) {
  const method = {
    async [name](this: unknown, ...given: unknown[]) {
      if (!(this instanceof SubtleCrypto)) throw invalidThis('SubtleCrypto')
      return run(readArguments(name, least, given))
    },
  }[name]
  Object.defineProperty(method, 'length', { value: least, configurable: true })
  Object.defineProperty(SubtleCrypto.prototype, name, {
    value: method,
    enumerable: true,
    writable: true,
    configurable: true,
  })
}
Object.defineProperty(SubtleCrypto.prototype, Symbol.toStringTag, { value: 'SubtleCrypto', configurable: true })

export const subtle = new SubtleCrypto(own)
