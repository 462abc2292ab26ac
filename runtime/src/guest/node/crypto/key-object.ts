/** `KeyObject` and what makes one. The material is in the guest, where it came from; the host reads and writes it. */
import { invalidArgumentType, invalidArgumentValue } from '../../node-error.ts'
import { compute, draw, type Material, makeKeysWith, materialOf } from '../native.ts'

const own = Symbol('own')

export interface Described {
  key: KeyObject
  asymmetricKeyType?: string
  details?: Record<string, unknown>
}

export class KeyObject {
  declare readonly [materialOf]: Material

  constructor(type: unknown, material: unknown) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') throw invalidArgumentValue('type', type)
    // Only this file has a handle to give.
    if (typeof material !== 'object' || material === null || !(own in material))
      throw invalidArgumentType('handle', 'object', material)
    const { bytes } = material as unknown as Material
    Object.defineProperty(this, materialOf, { value: Object.freeze({ type, bytes }) })
  }

  get type(): string {
    return this[materialOf].type
  }

  static from(key: unknown): KeyObject {
    const made = fromCryptoKey(key)
    if (made === undefined) throw invalidArgumentType('key', 'CryptoKey', key)
    return made
  }

  equals(other: unknown): boolean {
    if (!(other instanceof KeyObject)) throw invalidArgumentType('otherKeyObject', 'KeyObject', other)
    return compute<boolean>('equals', this, other)
  }

  toCryptoKey(algorithm: unknown, extractable: unknown, usages: unknown): unknown {
    return makeCryptoKey(this, { algorithm, extractable, usages })
  }
}
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { value: 'KeyObject', configurable: true })

type ToCryptoKey = (key: KeyObject, terms: { algorithm: unknown; extractable: unknown; usages: unknown }) => unknown
let makeCryptoKey: ToCryptoKey = () => undefined
let fromCryptoKey: (key: unknown) => KeyObject | undefined = () => undefined

/** Said by WebCrypto, which knows CryptoKeys. */
export const knowCryptoKeys = (make: ToCryptoKey, from: typeof fromCryptoKey): void => {
  makeCryptoKey = make
  fromCryptoKey = from
}

class SecretKeyObject extends KeyObject {
  get symmetricKeySize(): number {
    const { bytes } = this[materialOf]
    return (bytes.length / 4) * 3 - (bytes.endsWith('==') ? 2 : bytes.endsWith('=') ? 1 : 0)
  }
  export(options?: unknown): unknown {
    return compute('exportKey', this, options)
  }
}

class AsymmetricKeyObject extends KeyObject {
  #described: Described | undefined

  static describe(key: AsymmetricKeyObject, described?: Described): Described {
    key.#described ??= described ?? compute<Described>('describeKey', key)
    return key.#described
  }
  get asymmetricKeyType(): string | undefined {
    return AsymmetricKeyObject.describe(this).asymmetricKeyType
  }
  get asymmetricKeyDetails(): Record<string, unknown> | undefined {
    return { ...AsymmetricKeyObject.describe(this).details }
  }
}

class PublicKeyObject extends AsymmetricKeyObject {
  export(options?: unknown): unknown {
    return compute('exportKey', this, options)
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  export(options?: unknown): unknown {
    const { passphrase, cipher } = (options ?? {}) as { passphrase?: unknown; cipher?: unknown }
    if (passphrase === undefined && cipher === undefined) return compute('exportKey', this, options)
    return draw('exportEncrypted', this, options)
  }
}

const classes = { secret: SecretKeyObject, public: PublicKeyObject, private: PrivateKeyObject }

export const keyOf = ({ type, bytes }: Material): KeyObject => new classes[type](type, { bytes, [own]: true })

makeKeysWith(keyOf)

const made = (described: Described): KeyObject => {
  if (described.key instanceof AsymmetricKeyObject) AsymmetricKeyObject.describe(described.key, described)
  return described.key
}

export const createSecretKey = (key: unknown, encoding?: unknown): KeyObject =>
  compute<Described>('createSecretKey', key, encoding).key
export const createPublicKey = (key: unknown): KeyObject => made(compute<Described>('createPublicKey', key))
export const createPrivateKey = (key: unknown): KeyObject => made(compute<Described>('createPrivateKey', key))

/** What a certificate's key is made of. */
export const describedKey = made
