/** `DiffieHellman` and `ECDH`. Both halves of the key are here; the host has them for the length of a call. */
import { shapeMembers } from '../function-form.ts'
import { compute, draw } from '../native.ts'
import { unavailable } from '../unavailable.ts'

interface State {
  publicKey?: unknown
  privateKey?: unknown
}
interface Taken extends State {
  result?: unknown
  verifyError?: number
}

const encoded = (bytes: unknown, encoding: unknown): unknown =>
  encoding === undefined || encoding === 'buffer'
    ? bytes
    : (bytes as { toString(encoding: unknown): string }).toString(encoding)

class Exchange {
  readonly #name: string
  readonly #drawn: string
  readonly #made: unknown
  #state: State = {}

  constructor([name, drawn]: readonly [name: string, drawn: string], made: unknown) {
    this.#name = name
    this.#drawn = drawn
    this.#made = made
  }
  static ask(exchange: Exchange, step: string, ...args: unknown[]): Taken {
    const run = step === 'generateKeys' ? draw : compute
    const name = step === 'generateKeys' ? exchange.#drawn : exchange.#name
    const { publicKey, privateKey, ...taken } = run<Taken>(name, exchange.#made, { ...exchange.#state }, step, args)
    exchange.#state = { ...(publicKey !== undefined && { publicKey }), ...(privateKey !== undefined && { privateKey }) }
    return taken
  }
}

export class DiffieHellman extends Exchange {
  declare verifyError: number
  constructor(...args: unknown[]) {
    super(['createDiffieHellman', 'generateDh'], args)
    const { verifyError } = Exchange.ask(this, 'nothing')
    Object.defineProperty(this, 'verifyError', { value: verifyError, enumerable: true })
  }
  generateKeys(encoding?: unknown): unknown {
    return encoded(Exchange.ask(this, 'generateKeys').result, encoding)
  }
  computeSecret(key: unknown, inputEncoding?: unknown, outputEncoding?: unknown): unknown {
    return Exchange.ask(this, 'computeSecret', key, inputEncoding, outputEncoding).result
  }
  getPrime(encoding?: unknown): unknown {
    return Exchange.ask(this, 'getPrime', encoding).result
  }
  getGenerator(encoding?: unknown): unknown {
    return Exchange.ask(this, 'getGenerator', encoding).result
  }
  getPublicKey(encoding?: unknown): unknown {
    return Exchange.ask(this, 'getPublicKey', encoding).result
  }
  getPrivateKey(encoding?: unknown): unknown {
    return Exchange.ask(this, 'getPrivateKey', encoding).result
  }
  setPublicKey(key: unknown, encoding?: unknown): this {
    Exchange.ask(this, 'setPublicKey', key, encoding)
    return this
  }
  setPrivateKey(key: unknown, encoding?: unknown): this {
    Exchange.ask(this, 'setPrivateKey', key, encoding)
    return this
  }
}

shapeMembers(DiffieHellman.prototype, {
  generateKeys: ['dhGenerateKeys', 1],
  computeSecret: ['dhComputeSecret', 3],
  getPrime: ['dhGetPrime', 1],
  getGenerator: ['dhGetGenerator', 1],
  getPublicKey: ['dhGetPublicKey', 1],
  getPrivateKey: ['dhGetPrivateKey', 1],
})

const groupSteps = [
  'generateKeys',
  'computeSecret',
  'getPrime',
  'getGenerator',
  'getPublicKey',
  'getPrivateKey',
] as const

export class DiffieHellmanGroup extends Exchange {
  declare verifyError: number
  constructor(name: unknown) {
    super(['createDiffieHellman', 'generateDh'], [name])
    const { verifyError } = Exchange.ask(this, 'nothing')
    Object.defineProperty(this, 'verifyError', { value: verifyError, enumerable: true })
  }
}
for (const name of groupSteps)
  Object.defineProperty(DiffieHellmanGroup.prototype, name, {
    value: DiffieHellman.prototype[name],
    writable: true,
    configurable: true,
  })

export class ECDH extends Exchange {
  constructor(curve: unknown) {
    super(['createECDH', 'generateEcdh'], curve)
    Exchange.ask(this, 'nothing')
  }
  generateKeys(encoding?: unknown, format?: unknown): unknown {
    Exchange.ask(this, 'generateKeys')
    return this.getPublicKey(encoding, format)
  }
  computeSecret(key: unknown, inputEncoding?: unknown, outputEncoding?: unknown): unknown {
    return Exchange.ask(this, 'computeSecret', key, inputEncoding, outputEncoding).result
  }
  getPrivateKey(encoding?: unknown): unknown {
    return Exchange.ask(this, 'getPrivateKey', encoding).result
  }
  getPublicKey(encoding?: unknown, format?: unknown): unknown {
    return Exchange.ask(this, 'getPublicKey', encoding, format).result
  }
  setPrivateKey(key: unknown, encoding?: unknown): this {
    Exchange.ask(this, 'setPrivateKey', key, encoding)
    return this
  }
  setPublicKey(): never {
    throw unavailable('ecdh.setPublicKey', 'it is deprecated, and the public half follows from the private one.')
  }
  static convertKey(...args: unknown[]): unknown {
    return compute('convertKey', ...args)
  }
}

shapeMembers(ECDH, { convertKey: ['convertKey', 5] })
shapeMembers(ECDH.prototype, {
  computeSecret: ['dhComputeSecret', 3],
  getPrivateKey: ['dhGetPrivateKey', 1],
  setPublicKey: ['deprecated', 2],
})
