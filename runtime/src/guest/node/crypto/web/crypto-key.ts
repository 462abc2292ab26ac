/** `CryptoKey`: a KeyObject with what it may be used for. */
import { inspectValue } from '../../../formatter.ts'
import { compute, materialOf } from '../../native.ts'
import { type KeyObject, knowCryptoKeys } from '../key-object.ts'
import { asKeyData, illegalConstructor } from './exception.ts'

export interface Algorithm {
  name: string
  hash?: { name: string }
  namedCurve?: string
  length?: number
  modulusLength?: number
}

interface Terms {
  key: KeyObject
  algorithm: Algorithm
  extractable: boolean
  usages: string[]
}

const own = Symbol('own')

export class CryptoKey {
  readonly #terms: Terms

  constructor(terms?: unknown) {
    if (typeof terms !== 'object' || terms === null || !(own in terms)) throw illegalConstructor()
    this.#terms = terms as unknown as Terms
    // Where Node's other functions take a key, they take this one.
    Object.defineProperty(this, materialOf, { value: this.#terms.key[materialOf] })
  }
  static termsOf(key: CryptoKey): Terms {
    return key.#terms
  }
  get type(): string {
    return this.#terms.key.type
  }
  get extractable(): boolean {
    return this.#terms.extractable
  }
  get algorithm(): Algorithm {
    return this.#terms.algorithm
  }
  get usages(): string[] {
    return this.#terms.usages
  }
  [Symbol.for('nodejs.util.inspect.custom')](_depth: unknown, options: object): string {
    const { type, extractable, algorithm, usages } = this
    return `CryptoKey ${inspectValue({ type, extractable, algorithm, usages }, options)}`
  }
}
for (const name of ['type', 'extractable', 'algorithm', 'usages'])
  Object.defineProperty(CryptoKey.prototype, name, { enumerable: true })
Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, { value: 'CryptoKey', configurable: true })

/** Not on the class that authors see. */
export const { termsOf } = CryptoKey
Reflect.deleteProperty(CryptoKey, 'termsOf')

interface Wanted {
  algorithm: unknown
  extractable: unknown
  usages: unknown
}

/** Bytes come back as Buffers; an algorithm has plain ones. */
const plain = (algorithm: Record<string, unknown>): Algorithm =>
  Object.fromEntries(
    Object.entries(algorithm).map(([name, value]) => [
      name,
      ArrayBuffer.isView(value) ? new Uint8Array(value as Uint8Array) : value,
    ]),
  ) as unknown as Algorithm

/** Node's own function says whether key, algorithm and usages go together. */
export const toCryptoKey = (key: KeyObject, { algorithm, extractable, usages }: Wanted): CryptoKey => {
  const made = asKeyData(() =>
    compute<{ algorithm: Record<string, unknown>; usages: string[] }>(
      'toCryptoKey',
      key,
      algorithm,
      extractable,
      usages,
    ),
  )
  const terms = { key, algorithm: plain(made.algorithm), extractable: extractable === true, usages: made.usages }
  return new CryptoKey({ ...terms, [own]: true })
}

knowCryptoKeys(toCryptoKey, (key) => (key instanceof CryptoKey ? termsOf(key).key : undefined))
