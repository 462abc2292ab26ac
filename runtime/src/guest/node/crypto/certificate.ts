/** `X509Certificate`, which the host reads, and the functions of the old `<keygen>` form. */
import { inspectValue } from '../../formatter.ts'
import { invalidArgumentType } from '../../node-error.ts'
import { bytesClass } from '../bytes-class.ts'
import { withForm } from '../function-form.ts'
import { bytesOf, Crossing, compute, cross } from '../native.ts'
import { type Described, describedKey, KeyObject } from './key-object.ts'

type Fields = Record<string, unknown> & { pem: string; raw: Uint8Array }

const inspectCustom: unique symbol = Symbol.for('nodejs.util.inspect.custom')
const shownNames = [
  ...['subject', 'subjectAltName', 'issuer', 'infoAccess', 'validFrom', 'validTo', 'validFromDate', 'validToDate'],
  ...['fingerprint', 'fingerprint256', 'fingerprint512', 'keyUsage', 'serialNumber', 'signatureAlgorithm'],
  'signatureAlgorithmOid',
]

const dateOf = (text: unknown): Date => new Date(String(text))

export class X509Certificate {
  readonly #fields: Fields
  readonly #bytes: Crossing
  #key: KeyObject | undefined

  constructor(bytes: unknown) {
    const given = typeof bytes === 'string' ? bytesClass().from(bytes) : bytes
    if (!ArrayBuffer.isView(given))
      throw invalidArgumentType('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], bytes)
    this.#bytes = new Crossing(cross(bytesOf(given)))
    this.#fields = compute<Fields>('readCertificate', this.#bytes)
  }

  static field(certificate: X509Certificate, name: string): unknown {
    return certificate.#fields[name]
  }
  #ask(name: string, ...args: unknown[]): unknown {
    return compute('askCertificate', this.#bytes, name, ...args)
  }

  get validFromDate(): Date {
    return dateOf(this.#fields.validFrom)
  }
  get validToDate(): Date {
    return dateOf(this.#fields.validTo)
  }
  /** Known only of a chain that a connection has made. */
  get issuerCertificate(): undefined {
    return undefined
  }
  get publicKey(): KeyObject {
    this.#key ??= describedKey(this.#ask('publicKey') as Described)
    return this.#key
  }
  toString(): string {
    return this.#fields.pem
  }
  toJSON(): string {
    return this.#fields.pem
  }
  checkHost(name: unknown, options?: unknown): unknown {
    return this.#ask('checkHost', name, options)
  }
  checkEmail(email: unknown, options?: unknown): unknown {
    return this.#ask('checkEmail', email, options)
  }
  checkIP(address: unknown, _options?: unknown): unknown {
    return this.#ask('checkIP', address)
  }
  checkIssued(other: unknown): unknown {
    if (!(other instanceof X509Certificate)) throw invalidArgumentType('otherCert', 'X509Certificate', other)
    return this.#ask('checkIssued', other.raw)
  }
  checkPrivateKey(key: unknown): unknown {
    if (!(key instanceof KeyObject)) throw invalidArgumentType('pkey', 'KeyObject', key)
    return this.#ask('checkPrivateKey', key)
  }
  verify(key: unknown): unknown {
    if (!(key instanceof KeyObject)) throw invalidArgumentType('pkey', 'KeyObject', key)
    return this.#ask('verify', key)
  }
  [inspectCustom](_depth: unknown, options?: object): string {
    const shown = Object.fromEntries(shownNames.map((name) => [name, this[name as 'raw']]))
    return `X509Certificate ${inspectValue(shown, options)}`
  }
  toLegacyObject(): unknown {
    return this.#ask('toLegacyObject')
  }
  declare readonly raw: Uint8Array
}

const fieldNames = [
  ...['subject', 'subjectAltName', 'issuer', 'infoAccess', 'validFrom', 'validTo', 'fingerprint', 'fingerprint256'],
  ...['fingerprint512', 'keyUsage', 'serialNumber', 'signatureAlgorithm', 'signatureAlgorithmOid', 'raw', 'ca'],
]
for (const name of fieldNames)
  Object.defineProperty(X509Certificate.prototype, name, {
    get(this: X509Certificate) {
      return X509Certificate.field(this, name)
    },
    configurable: true,
    enumerable: true,
  })

const ofSpkac = (name: string) =>
  ({ [name]: (spkac: unknown, encoding?: unknown) => compute(name, spkac, encoding) })[name] as (
    spkac: unknown,
    encoding?: unknown,
  ) => unknown

const functions = {
  exportChallenge: ofSpkac('exportChallenge'),
  exportPublicKey: ofSpkac('exportPublicKey'),
  verifySpkac: ofSpkac('verifySpkac'),
}

/** Callable without `new`, as Node's. */
const makeSpkac = function (this: unknown) {
  return new.target === undefined ? Object.create(makeSpkac.prototype) : this
}
Object.assign(makeSpkac.prototype, functions)

export const Certificate = withForm(Object.assign(makeSpkac, functions), 'Certificate', 0)
