/** `Cipheriv` and `Decipheriv`. Every step since the beginning is sent with each: the host keeps none. */
import { lazyStream } from '../lazy-stream.ts'
import { bytesOf, Crossing, compute, cross } from '../native.ts'
import { sibling } from '../siblings.ts'

type Done = (error?: unknown) => void
interface Decoder {
  write(bytes: unknown): string
  end(bytes: unknown): string
}
interface Taken {
  result: unknown
  tag?: unknown
}

const kept = (value: unknown): unknown => (ArrayBuffer.isView(value) ? new Crossing(cross(bytesOf(value))) : value)

class Stepwise extends lazyStream('Transform') {
  readonly #name: string
  readonly #made: readonly unknown[]
  readonly #steps: unknown[][] = []
  #decoder: Decoder | undefined

  constructor(name: 'createCipheriv' | 'createDecipheriv', [algorithm, key, iv, options]: readonly unknown[]) {
    super(options)
    this.#name = name
    const { authTagLength } = (options ?? {}) as { authTagLength?: unknown }
    this.#made = [algorithm, kept(key), kept(iv), authTagLength === undefined ? undefined : { authTagLength }]
    compute(name, ...this.#made, [])
  }

  static take(cipher: Stepwise, ...step: unknown[]): unknown {
    const taken = step.map(kept)
    const { result } = compute<Taken>(cipher.#name, ...cipher.#made, [...cipher.#steps, taken])
    cipher.#steps.push(taken)
    return result
  }
  static tagOf(cipher: Stepwise): unknown {
    return compute<Taken>(cipher.#name, ...cipher.#made, cipher.#steps, 'tag').tag
  }
  /** As text, where it is wanted so: what is left of a character waits for the next piece. */
  static encoded(
    cipher: Stepwise,
    bytes: unknown,
    [encoding, way]: readonly [encoding: unknown, way: 'write' | 'end'],
  ): unknown {
    if (encoding === undefined || encoding === null || encoding === '' || encoding === 'buffer') return bytes
    const { StringDecoder } = sibling('string_decoder') as { StringDecoder: new (encoding: unknown) => Decoder }
    cipher.#decoder ??= new StringDecoder(encoding)
    return cipher.#decoder[way](bytes)
  }

  _transform(chunk: unknown, encoding: unknown, done: Done): void {
    this.push(this.update(chunk, encoding))
    done()
  }
  _flush(done: Done): void {
    try {
      this.push(this.final())
    } catch (error) {
      done(error)
      return
    }
    done()
  }
  update(piece: unknown, inputEncoding?: unknown, outputEncoding?: unknown): unknown {
    const given = typeof piece === 'string' ? [piece, inputEncoding] : [piece]
    return Stepwise.encoded(this, Stepwise.take(this, 'update', ...given), [outputEncoding, 'write'])
  }
  final(outputEncoding?: unknown): unknown {
    return Stepwise.encoded(this, Stepwise.take(this, 'final'), [outputEncoding, 'end'])
  }
  setAutoPadding(isOn?: unknown): this {
    Stepwise.take(this, 'setAutoPadding', ...(isOn === undefined ? [] : [!!isOn]))
    return this
  }
  setAAD(bytes: unknown, options?: unknown): this {
    Stepwise.take(this, 'setAAD', bytes, options)
    return this
  }
}

/** Node has them on each of the two, not on a class above. */
const shared = ['_transform', '_flush', 'update', 'final', 'setAutoPadding', 'setAAD'] as const
const copyShared = (prototype: object) => {
  for (const name of shared)
    Object.defineProperty(prototype, name, { value: Stepwise.prototype[name], writable: true, configurable: true })
}

export class Cipheriv extends Stepwise {
  constructor(...args: unknown[]) {
    super('createCipheriv', args)
  }
  getAuthTag(): unknown {
    return Stepwise.tagOf(this)
  }
}

export class Decipheriv extends Stepwise {
  constructor(...args: unknown[]) {
    super('createDecipheriv', args)
  }
  setAuthTag(tag: unknown, encoding?: unknown): this {
    Stepwise.take(this, 'setAuthTag', tag, encoding)
    return this
  }
}

copyShared(Cipheriv.prototype)
copyShared(Decipheriv.prototype)
