/** `FormData` of the XMLHttpRequest standard: names with texts and files. */
import { inspectValue } from '../formatter.ts'
import { type Blob, blobBytes, File, isBlob } from './blob.ts'
import { inspectSymbol } from './inspected.ts'
import { enumerable, tag } from './named.ts'

type Value = string | File
type Entry = [name: string, value: Value]

const requireCount = (method: string, given: number, least: number): void => {
  if (given >= least) return
  const counted = `${least} argument${least === 1 ? '' : 's'} required, but${given > 0 ? ' only' : ''} ${given} found.`
  throw new TypeError(`FormData.${method}: ${counted}`)
}

/** A file keeps its name unless another is given; a blob has none of its own. */
const toFile = (blob: Blob, name: string | undefined): File => {
  if (blob instanceof File && name === undefined) return blob
  const { type } = blob
  const lastModified = blob instanceof File ? { lastModified: blob.lastModified } : {}
  return new File([blobBytes(blob)], name ?? 'blob', { type, ...lastModified })
}

const toEntry = (method: string, given: readonly unknown[]): Entry => {
  requireCount(method, given.length, 2)
  const [name, value, fileName] = given
  const text = `${name}`.toWellFormed()
  if (isBlob(value)) return [text, toFile(value, fileName === undefined ? undefined : `${fileName}`.toWellFormed())]
  if (given.length > 2) throw new TypeError(`FormData.${method}: value ("${value}") is not of type Blob.`)
  return [text, `${value}`.toWellFormed()]
}

export let isFormData: (value: unknown) => value is FormData

export class FormData {
  #entries: Entry[] = []

  static {
    isFormData = (value): value is FormData => typeof value === 'object' && value !== null && #entries in value
  }

  constructor(form: unknown = undefined) {
    if (form !== undefined)
      throw new TypeError('FormData constructor: Argument 1 could not be converted to: undefined.')
  }

  // Rest parameters: a file name that is `undefined` is one given.
  append(...given: unknown[]): void {
    this.#entries.push(toEntry('append', given))
  }
  set(...given: unknown[]): void {
    const entry = toEntry('set', given)
    const place = this.#entries.findIndex(([name]) => name === entry[0])
    const others = this.#entries.filter(([name]) => name !== entry[0])
    others.splice(place === -1 ? others.length : place, 0, entry)
    this.#entries = others
  }
  delete(name: unknown): void {
    requireCount('delete', arguments.length, 1)
    const text = `${name}`.toWellFormed()
    this.#entries = this.#entries.filter((entry) => entry[0] !== text)
  }
  get(name: unknown): Value | null {
    requireCount('get', arguments.length, 1)
    return this.getAll(name)[0] ?? null
  }
  getAll(name: unknown): Value[] {
    requireCount('getAll', arguments.length, 1)
    const text = `${name}`.toWellFormed()
    return this.#entries.filter((entry) => entry[0] === text).map((entry) => entry[1])
  }
  has(name: unknown): boolean {
    requireCount('has', arguments.length, 1)
    return this.getAll(name).length > 0
  }
  forEach(callback: (value: Value, name: string, form: FormData) => unknown, self: unknown = undefined): void {
    requireCount('forEach', arguments.length, 1)
    if (typeof callback !== 'function')
      throw new TypeError("Failed to execute 'forEach' on 'FormData': parameter 1 is not of type 'Function'.")
    for (const [name, value] of this) Reflect.apply(callback, self, [value, name, this])
  }
  *entries(): Generator<Entry> {
    for (let index = 0; index < this.#entries.length; index++) {
      const [name, value] = this.#entries[index] as Entry
      yield [name, value]
    }
  }
  *keys(): Generator<string> {
    for (const [name] of this) yield name
  }
  *values(): Generator<Value> {
    for (const [, value] of this) yield value
  }
  [Symbol.iterator](): Generator<Entry> {
    return this.entries()
  }
  [inspectSymbol](_depth: unknown, options: object): string {
    const shown: Record<string, unknown> = {}
    for (const [name, value] of this.#entries) {
      const before = shown[name]
      shown[name] = before === undefined ? value : [...[before].flat(), value]
    }
    return `FormData ${inspectValue(shown, options)}`
  }
}
for (const [name, length] of Object.entries({ append: 2, set: 2 }))
  Object.defineProperty(FormData.prototype[name as 'set'], 'length', { value: length })
Object.defineProperty(FormData.prototype, Symbol.iterator, { value: FormData.prototype.entries, configurable: true })
enumerable(FormData, 'append', 'delete', 'get', 'getAll', 'has', 'set', 'forEach', 'keys', 'values', 'entries')
tag(FormData, 'FormData')
