/** `Headers` of the Fetch standard. */
import { inspectValue } from '../formatter.ts'
import {
  add,
  apply,
  bare,
  createList,
  deleteProperty,
  keys,
  type List,
  matchPattern,
  sort,
  TypeErrorClass,
  toLowerCase,
  trim,
} from '../primordials.ts'

import { inspectSymbol } from './inspected.ts'
import { tag } from './named.ts'

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** Visible characters, tabs and blanks of Latin-1. */
const value = /^[\t\x20-\x7e\x80-\xff]*$/

const toName = (given: unknown): string => {
  const name = `${given}`
  if (matchPattern(token, name) === null)
    throw new TypeErrorClass(`Headers: ${name.length > 64 ? 'a name' : `"${name}"`} is not a valid header name.`)
  return toLowerCase(name)
}

const toValue = (given: unknown, name: string): string => {
  const text = trim(`${given}`)
  if (matchPattern(value, text) === null) throw new TypeErrorClass(`Headers: the value of "${name}" is not valid.`)
  return text
}

const join = (values: List<string>): string => {
  let text = values[0] ?? ''
  for (let index = 1; index < values.length; index++) text += `, ${values[index]}`
  return text
}

type Pair = [name: string, value: string]

/** Names in their order; every `set-cookie` stands alone. */
export let pairsOf: (headers: Headers) => List<Pair>

export class Headers {
  #values: Record<string, List<string>> = bare({})

  static {
    pairsOf = (headers) => {
      const pairs = createList<Pair>()
      const names = sort(keys(headers.#values))
      for (let index = 0; index < names.length; index++) {
        const name = names[index] as string
        const values = headers.#values[name] as List<string>
        if (name !== 'set-cookie') add(pairs, bare([name, join(values)]))
        else for (let cookie = 0; cookie < values.length; cookie++) add(pairs, bare([name, values[cookie] as string]))
      }
      return pairs
    }
  }

  constructor(init: unknown = undefined) {
    if (init === undefined) return
    if (init === null || typeof init !== 'object') throw new TypeErrorClass('Headers: the argument must be an object.')
    if (Symbol.iterator in init) {
      for (const pair of init as Iterable<unknown>) {
        const [name, given, ...more] = pair as unknown[]
        if (given === undefined || more.length > 0)
          throw new TypeErrorClass('Headers: every entry must be a pair of name and value.')
        this.append(name, given)
      }
      return
    }
    const names = keys(init)
    for (let index = 0; index < names.length; index++) {
      const name = names[index] as string
      this.append(name, (init as Record<string, unknown>)[name])
    }
  }

  append(given: unknown, value: unknown): void {
    const name = toName(given)
    const text = toValue(value, name)
    const values = this.#values[name] ?? createList<string>()
    add(values, text)
    this.#values[name] = values
  }
  set(given: unknown, value: unknown): void {
    const name = toName(given)
    const values = createList<string>()
    add(values, toValue(value, name))
    this.#values[name] = values
  }
  get(given: unknown): string | null {
    const values = this.#values[toName(given)]
    return values === undefined ? null : join(values)
  }
  has(given: unknown): boolean {
    return this.#values[toName(given)] !== undefined
  }
  delete(given: unknown): void {
    deleteProperty(this.#values, toName(given))
  }
  getSetCookie(): string[] {
    const values = this.#values['set-cookie'] ?? createList<string>()
    const copy: string[] = []
    for (let index = 0; index < values.length; index++) copy[index] = values[index] as string
    return copy
  }
  forEach(callback: (value: string, name: string, headers: Headers) => void, thisArgument: unknown = undefined): void {
    const pairs = pairsOf(this)
    for (let index = 0; index < pairs.length; index++) {
      const pair = pairs[index] as Pair
      apply(callback, thisArgument, [pair[1], pair[0], this])
    }
  }

  *entries(): Generator<Pair> {
    const pairs = pairsOf(this)
    for (let index = 0; index < pairs.length; index++) {
      const pair = pairs[index] as Pair
      yield [pair[0], pair[1]]
    }
  }
  *keys(): Generator<string> {
    const pairs = pairsOf(this)
    for (let index = 0; index < pairs.length; index++) yield (pairs[index] as Pair)[0]
  }
  *values(): Generator<string> {
    const pairs = pairsOf(this)
    for (let index = 0; index < pairs.length; index++) yield (pairs[index] as Pair)[1]
  }
  [Symbol.iterator](): Generator<Pair> {
    return this.entries()
  }
  [inspectSymbol](_depth: unknown, options: unknown): string {
    const shown: Record<string, unknown> = {}
    for (const name of keys(this.#values)) shown[name] = this.get(name)
    return `Headers ${inspectValue(shown, options as object)}`
  }
}

Object.defineProperty(Headers.prototype, Symbol.iterator, {
  value: Headers.prototype.entries,
  configurable: true,
  writable: true,
})
tag(Headers, 'Headers')
