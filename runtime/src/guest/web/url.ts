/** `URL` of the URL standard. The host parses: rules of hosts and their alphabets would be half a megabyte in here. */
import type { UrlField, UrlParts } from '../../bridge/call.ts'
import { callHost } from '../host-call.ts'
import { invalidUrl } from '../invalid-url.ts'
import { nodeError } from '../node-error.ts'
import { bare, defineProperty, keys, slice } from '../primordials.ts'
import { inspectSymbol, showFields } from './inspected.ts'
import { enumerable, named, tag } from './named.ts'
import { linkedParams, URLSearchParams } from './url-search-params.ts'

export { URLSearchParams }

const parse = (url: unknown, base: unknown): UrlParts => {
  const given: { url: string; base?: string } =
    base === undefined ? { url: `${url}` } : { url: `${url}`, base: `${base}` }
  try {
    return callHost({ call: 'url.parse', ...given })
  } catch {
    throw invalidUrl(given.url, given.base)
  }
}

const change = ({ href }: UrlParts, field: UrlField, value: unknown): UrlParts =>
  callHost({ call: 'url.change', url: href, field, value: `${value}` })

let readPart: (url: URL, field: keyof UrlParts) => string
let writePart: (url: URL, field: UrlField, value: unknown) => void

// Declared here for the compiler; made below, all alike.
export interface URL extends Record<UrlField, string> {}

// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the accessors of the interface are defined below
export class URL {
  #parts: UrlParts
  readonly #query = linkedParams((query) => {
    this.#parts = change(this.#parts, 'search', query)
  })

  static {
    readPart = (url, field) => url.#parts[field]
    writePart = (url, field, value) => {
      url.#parts = change(url.#parts, field, value)
      url.#refresh()
    }
  }

  constructor(url: unknown, base: unknown = undefined) {
    this.#parts = parse(url, base)
    this.#refresh()
  }

  #refresh(): void {
    const { search } = this.#parts
    this.#query.replace(slice(search, 1, search.length))
  }

  get href(): string {
    return this.#parts.href
  }
  set href(value: unknown) {
    this.#parts = parse(value, undefined)
    this.#refresh()
  }
  get origin(): string {
    return this.#parts.origin
  }
  get searchParams(): URLSearchParams {
    return this.#query.params
  }
  toString(): string {
    return this.#parts.href
  }
  toJSON(): string {
    return this.#parts.href
  }
  [inspectSymbol](depth: unknown, options: unknown): string {
    const { href, origin, protocol, username, password, host, hostname, port, pathname } = this
    const { search, searchParams, hash } = this
    const before = { href, origin, protocol, username, password, host, hostname, port, pathname }
    return showFields('URL', { ...before, search, searchParams, hash }, [depth, options])
  }

  static canParse(url: unknown, base: unknown = undefined): boolean {
    return URL.parse(url, base) !== null
  }
  static createObjectURL(object: unknown): never {
    void object
    const message = 'URL.createObjectURL is not available to actions: nothing could be loaded by such a URL.'
    throw nodeError(Error, 'ERR_NOT_AVAILABLE', message)
  }
  static revokeObjectURL(url: unknown): void {
    void url
  }
  static parse(url: unknown, base: unknown = undefined): URL | null {
    try {
      return new URL(url, base)
    } catch {
      return null
    }
  }
}

const fields: Record<UrlField, true> = bare({
  protocol: true,
  username: true,
  password: true,
  host: true,
  hostname: true,
  port: true,
  pathname: true,
  search: true,
  hash: true,
})

const names = keys(fields) as UrlField[]
for (let index = 0; index < names.length; index++) {
  const field = names[index] as UrlField
  const accessor = {
    get(this: URL) {
      return readPart(this, field)
    },
    set(this: URL, value: unknown) {
      writePart(this, field, value)
    },
  }
  defineProperty(URL.prototype, field, bare({ ...accessor, configurable: true, enumerable: true }))
}

enumerable(URL, 'href', 'origin', 'searchParams', 'toString', 'toJSON')
tag(URL, 'URL')

export const globals = named({ URL, URLSearchParams })
