/** `Sign` and `Verify`, and both at once. */
import { lazyStream } from '../lazy-stream.ts'
import { compute, draw, isOfLibrary, materialOf, tell } from '../native.ts'
import { requireFunction } from '../validate.ts'
import { type Piece, pieceOf } from './pieces.ts'

type Done = (error?: unknown) => void

class Signing extends lazyStream('Writable') {
  readonly #algorithm: unknown
  readonly #pieces: Piece[] = []

  constructor(algorithm: unknown, options?: unknown) {
    super(options)
    this.#algorithm = algorithm
    compute('checkSign', algorithm, undefined, [])
  }
  static add(signing: Signing, piece: unknown, encoding: unknown): void {
    signing.#pieces.push(pieceOf(piece, encoding))
  }
  static finish(signing: Signing, name: 'createSign' | 'createVerify', args: unknown[]): unknown {
    const ask = name === 'createSign' ? draw : compute
    return ask(name, signing.#algorithm, undefined, signing.#pieces, args)
  }
}

export class Sign extends Signing {
  _write(chunk: unknown, encoding: unknown, done: Done): void {
    this.update(chunk, encoding)
    done()
  }
  update(piece: unknown, encoding?: unknown): this {
    Signing.add(this, piece, encoding)
    return this
  }
  sign(key: unknown, encoding?: unknown): unknown {
    return Signing.finish(this, 'createSign', [key, encoding])
  }
}

export class Verify extends Signing {
  verify(key: unknown, signature?: unknown, encoding?: unknown): unknown {
    return Signing.finish(this, 'createVerify', [key, signature, encoding])
  }
}
Object.defineProperties(Verify.prototype, {
  _write: { value: Sign.prototype._write, writable: true, configurable: true },
  update: { value: Sign.prototype.update, writable: true, configurable: true },
})

const holdsKey = (given: unknown): boolean => {
  const { key = given } = (given ?? {}) as { key?: unknown }
  return typeof key === 'object' && key !== null && materialOf in key
}

const canRead = (key: unknown, make: 'createPublicKey' | 'createPrivateKey'): boolean => {
  if (holdsKey(key)) return true
  try {
    compute(make, key)
    return true
  } catch {
    return false
  }
}

interface Told {
  key: unknown
  make: 'createPublicKey' | 'createPrivateKey'
  run: () => unknown
}

/** With a callback, what goes wrong with a key that can be read is told to it; all else is thrown. */
export const runOrTell = (callback: unknown, { key, make, run }: Told): unknown => {
  if (callback === undefined) return run()
  requireFunction(callback, 'callback')
  try {
    const result = run()
    return tell(callback, () => [result])
  } catch (error) {
    if (!isOfLibrary(error) || !canRead(key, make)) throw error
    return tell(callback, () => {
      throw error
    })
  }
}

export const signOneShot = (...[algorithm, bytes, key, callback]: unknown[]): unknown =>
  runOrTell(callback, { key, make: 'createPrivateKey', run: () => draw('sign', algorithm, bytes, key) })

export const verifyOneShot = (...[algorithm, bytes, key, signature, callback]: unknown[]): unknown =>
  runOrTell(callback, { key, make: 'createPublicKey', run: () => compute('verify', algorithm, bytes, key, signature) })
