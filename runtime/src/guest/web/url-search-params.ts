/** `URLSearchParams` of the URL standard. */
import { inspectValue } from '../formatter.ts'
import {
  add,
  apply,
  bare,
  createList,
  indexOf,
  keys,
  type List,
  slice,
  sort,
  startsWith,
  TypeErrorClass,
  toWellFormed,
} from '../primordials.ts'
import { decodeForm, encodeForm } from './form-coding.ts'
import { inspectSymbol } from './inspected.ts'
import { tag } from './named.ts'

type Pair = [name: string, value: string]

const parse = (text: string): List<Pair> => {
  const pairs = createList<Pair>()
  for (let start = 0; start <= text.length; ) {
    const found = indexOf(text, '&', start)
    const end = found === -1 ? text.length : found
    const equals = indexOf(slice(text, start, end), '=')
    const middle = equals === -1 ? end : start + equals
    if (end > start)
      add(pairs, bare([decodeForm(slice(text, start, middle)), decodeForm(slice(text, middle + 1, end))]))
    start = end + 1
  }
  return pairs
}

const toPair = (name: unknown, value: unknown): Pair => bare([toWellFormed(`${name}`), toWellFormed(`${value}`)])

const readInit = (init: unknown): List<Pair> => {
  if (init === undefined) return createList()
  if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
    const text = `${init}`
    return parse(startsWith(text, '?') ? slice(text, 1, text.length) : text)
  }
  const pairs = createList<Pair>()
  if (Symbol.iterator in init) {
    for (const pair of init as Iterable<Iterable<unknown>>) {
      const [name, value, ...more] = pair
      if (value === undefined || more.length > 0)
        throw new TypeErrorClass('Each query pair must be an iterable [name, value] tuple')
      add(pairs, toPair(name, value))
    }
    return pairs
  }
  const names = keys(init)
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string
    add(pairs, toPair(name, (init as Record<string, unknown>)[name]))
  }
  return pairs
}

/** Parameters that tell `changed` whenever they are written to, and how to replace them without that. */
export let linkedParams: (changed: (query: string) => void) => {
  params: URLSearchParams
  replace(query: string): void
}

export class URLSearchParams {
  #pairs: List<Pair>
  #changed: (query: string) => void = () => {}

  static {
    linkedParams = (changed) => {
      const params = new URLSearchParams()
      params.#changed = changed
      return {
        params,
        replace: (query) => {
          params.#pairs = parse(query)
        },
      }
    }
  }

  constructor(init: unknown = undefined) {
    this.#pairs = readInit(init)
  }

  #write(pairs: List<Pair>): void {
    this.#pairs = pairs
    this.#changed(this.#serialize())
  }
  #serialize(): string {
    let text = ''
    for (let index = 0; index < this.#pairs.length; index++) {
      const pair = this.#pairs[index] as Pair
      text += `${index === 0 ? '' : '&'}${encodeForm(pair[0])}=${encodeForm(pair[1])}`
    }
    return text
  }

  get size(): number {
    return this.#pairs.length
  }
  append(name: unknown, value: unknown): void {
    add(this.#pairs, toPair(name, value))
    this.#write(this.#pairs)
  }
  set(name: unknown, value: unknown): void {
    const given = toPair(name, value)
    const kept = createList<Pair>()
    let isSet = false
    for (let index = 0; index < this.#pairs.length; index++) {
      const pair = this.#pairs[index] as Pair
      if (pair[0] !== given[0]) add(kept, pair)
      else if (!isSet) add(kept, given)
      isSet ||= pair[0] === given[0]
    }
    if (!isSet) add(kept, given)
    this.#write(kept)
  }
  delete(name: unknown, value: unknown = undefined): void {
    const given = toPair(name, value)
    const kept = createList<Pair>()
    for (let index = 0; index < this.#pairs.length; index++) {
      const pair = this.#pairs[index] as Pair
      if (pair[0] !== given[0] || (value !== undefined && pair[1] !== given[1])) add(kept, pair)
    }
    this.#write(kept)
  }
  get(name: unknown): string | null {
    const [first] = this.getAll(name)
    return first ?? null
  }
  getAll(name: unknown): string[] {
    const wanted = toWellFormed(`${name}`)
    const values: string[] = []
    for (let index = 0; index < this.#pairs.length; index++) {
      const pair = this.#pairs[index] as Pair
      if (pair[0] === wanted) values[values.length] = pair[1]
    }
    return values
  }
  has(name: unknown, value: unknown = undefined): boolean {
    const values = this.getAll(name)
    if (value === undefined) return values.length > 0
    const wanted = toWellFormed(`${value}`)
    for (let index = 0; index < values.length; index++) if (values[index] === wanted) return true
    return false
  }
  sort(): void {
    this.#write(sort(this.#pairs, (left, right) => (left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0)))
  }
  forEach(
    callback: (value: string, name: string, params: URLSearchParams) => void,
    thisArgument: unknown = undefined,
  ): void {
    for (let index = 0; index < this.#pairs.length; index++) {
      const pair = this.#pairs[index] as Pair
      apply(callback, thisArgument, [pair[1], pair[0], this])
    }
  }
  *entries(): Generator<Pair> {
    for (let index = 0; index < this.#pairs.length; index++) {
      const pair = this.#pairs[index] as Pair
      yield [pair[0], pair[1]]
    }
  }
  *keys(): Generator<string> {
    for (let index = 0; index < this.#pairs.length; index++) yield (this.#pairs[index] as Pair)[0]
  }
  *values(): Generator<string> {
    for (let index = 0; index < this.#pairs.length; index++) yield (this.#pairs[index] as Pair)[1]
  }
  [Symbol.iterator](): Generator<Pair> {
    return this.entries()
  }
  toString(): string {
    return this.#serialize()
  }
  [inspectSymbol](_depth: unknown, options: unknown): string {
    const pairs: string[] = []
    for (const [name, value] of this)
      pairs[pairs.length] = `${inspectValue(name, options as object)} => ${inspectValue(value, options as object)}`
    return pairs.length === 0 ? 'URLSearchParams {}' : `URLSearchParams { ${pairs.join(', ')} }`
  }
}

Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, {
  value: URLSearchParams.prototype.entries,
  configurable: true,
  writable: true,
})
tag(URLSearchParams, 'URLSearchParams')
