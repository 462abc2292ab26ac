/** `Hash`, `Hmac` and `Mac`. */
import { nodeError } from '../../node-error.ts'
import { lazyStream } from '../lazy-stream.ts'
import { Crossing, compute, cross, toBuffer } from '../native.ts'
import { type Piece, pieceOf } from './pieces.ts'

const finalized = () => nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called')

type Done = (error?: unknown) => void

class Digest extends lazyStream('Transform') {
  #pieces: Piece[] = []
  #isDone = false
  /** Name and arguments of the host's function, without the pieces. */
  readonly #made: readonly [name: string, ...args: unknown[]]

  constructor(options: unknown, made: readonly [name: string, ...args: unknown[]]) {
    super(options)
    this.#made = made
  }

  static adopt(digest: Digest, from: Digest): void {
    if (from.#isDone) throw finalized()
    digest.#pieces = [...from.#pieces]
  }
  static madeBy(digest: Digest): readonly [name: string, ...args: unknown[]] {
    return digest.#made
  }
  static add(digest: Digest, piece: unknown, encoding: unknown): void {
    if (digest.#isDone) throw finalized()
    digest.#pieces.push(pieceOf(piece, encoding))
  }
  static isDone(digest: Digest): boolean {
    return digest.#isDone
  }
  static finish(digest: Digest, encoding: unknown): unknown {
    if (digest.#isDone) throw finalized()
    const [name, ...args] = digest.#made
    const result = compute(name, ...args, digest.#pieces, [encoding])
    digest.#isDone = true
    digest.#pieces = []
    return result
  }
}

/** Known to every OpenSSL: there is nothing to ask before the digest. */
const everywhere = ['sha256', 'sha1', 'sha512', 'sha384', 'md5']

const validated = (name: string, ...args: unknown[]): readonly [name: string, ...args: unknown[]] => {
  if (name !== 'createHash' || args[1] !== undefined || !everywhere.includes(args[0] as string))
    compute(name, ...args, [], [])
  return [name, ...args]
}

/** Options for the stream may hold anything. */
const lengthOnly = (options: unknown): unknown => {
  const { outputLength } = (options ?? {}) as { outputLength?: unknown }
  return outputLength === undefined ? undefined : { outputLength }
}

export class Hash extends Digest {
  constructor(algorithm: unknown, options?: unknown) {
    super(
      options,
      algorithm instanceof Hash ? copied(algorithm, options) : validated('createHash', algorithm, lengthOnly(options)),
    )
    if (algorithm instanceof Hash) Digest.adopt(this, algorithm)
  }
  copy(options?: unknown): Hash {
    return new Hash(this, options)
  }
  _transform(chunk: unknown, encoding: unknown, done: Done): void {
    this.update(chunk, encoding)
    done()
  }
  _flush(done: Done): void {
    this.push(this.digest())
    done()
  }
  update(piece: unknown, encoding?: unknown): this {
    Digest.add(this, piece, encoding)
    return this
  }
  digest(encoding?: unknown): unknown {
    return Digest.finish(this, encoding)
  }
}

const copied = (from: Hash, options: unknown): readonly [name: string, ...args: unknown[]] => {
  const [name, algorithm, length] = Digest.madeBy(from)
  return [name, algorithm, lengthOnly(options) ?? length]
}

/** A key is read once: its owner may change it afterwards. */
const keyed = (name: string, [algorithm, key, options]: unknown[]) =>
  validated(
    name,
    algorithm,
    ArrayBuffer.isView(key) || key instanceof ArrayBuffer ? new Crossing(cross(key)) : key,
    options,
  )

export class Hmac extends Digest {
  constructor(...args: unknown[]) {
    super(args[2], keyed('createHmac', args))
  }
  update(piece: unknown, encoding?: unknown): this {
    Digest.add(this, piece, encoding)
    return this
  }
  /** Empty the second time. */
  digest(encoding?: unknown): unknown {
    if (!Digest.isDone(this)) return Digest.finish(this, encoding)
    return encoding === undefined || encoding === 'buffer' ? toBuffer(new Uint8Array(0)) : ''
  }
}
Object.defineProperties(Hmac.prototype, {
  _flush: { value: Hash.prototype._flush, writable: true, configurable: true },
  _transform: { value: Hash.prototype._transform, writable: true, configurable: true },
})

export class Mac extends Digest {
  constructor(...args: unknown[]) {
    super(args[2], keyed('createMac', args))
  }
  _transform(chunk: unknown, encoding: unknown, done: Done): void {
    this.update(chunk, encoding)
    done()
  }
  _flush(done: Done): void {
    this.push(this.final())
    done()
  }
  update(piece: unknown, encoding?: unknown): this {
    Digest.add(this, piece, encoding)
    return this
  }
  final(encoding?: unknown): unknown {
    return Digest.finish(this, encoding)
  }
}
