/** The global `crypto`. */

import { withForm } from '../../function-form.ts'
import { fillValues, randomUUID } from '../generate.ts'
import { CryptoKey } from './crypto-key.ts'
import { exception, illegalConstructor, invalidThis } from './exception.ts'
import { SubtleCrypto, subtle } from './subtle.ts'

const own = Symbol('own')

export class Crypto {
  constructor(permit?: unknown) {
    if (permit !== own) throw illegalConstructor()
  }
  get subtle(): SubtleCrypto {
    if (!(this instanceof Crypto)) throw invalidThis('Crypto')
    return subtle
  }
  getRandomValues(target: unknown): unknown {
    if (!(this instanceof Crypto)) throw invalidThis('Crypto')
    return fillValues(target, exception)
  }
  randomUUID(...[options]: unknown[]): unknown {
    if (!(this instanceof Crypto)) throw invalidThis('Crypto')
    return randomUUID(options)
  }
}
for (const name of ['subtle', 'getRandomValues', 'randomUUID'])
  Object.defineProperty(Crypto.prototype, name, { enumerable: true })
Object.defineProperty(Crypto.prototype, Symbol.toStringTag, { value: 'Crypto', configurable: true })

export const crypto = new Crypto(own)

/** Node's module has it as a function of its own. */
export const getRandomValues = (target: unknown): unknown => crypto.getRandomValues(target)

for (const [Made, name] of [
  [Crypto, 'Crypto'],
  [CryptoKey, 'CryptoKey'],
  [SubtleCrypto, 'SubtleCrypto'],
] as const)
  withForm(Made, name, 0)

export const globals = { crypto, Crypto, CryptoKey, SubtleCrypto }
