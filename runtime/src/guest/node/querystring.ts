/** Node's `querystring`. */
import { nodeError } from '../node-error.ts'
import { type Bytes, bytesClass } from './bytes-class.ts'
import { named } from './named.ts'

type Coding = (text: string) => string

interface Options {
  encodeURIComponent?: Coding
  decodeURIComponent?: Coding
  maxKeys?: number
}

const defaultMaxKeys = 1_000

/** What is no sequence of UTF-8 by percent signs is taken byte by byte; other percent signs stay. */
const unescapeBuffer = (text: string, decodeSpaces: unknown): Bytes => {
  const bytes: number[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const digits = text.slice(at + 1, at + 3)
    if (code === 43 && decodeSpaces) bytes.push(32)
    else if (code === 37 && /^[0-9a-fA-F]{2}$/.test(digits)) {
      bytes.push(Number.parseInt(digits, 16))
      at += 2
    } else bytes.push(code)
  }
  return bytesClass().from(bytes)
}

const unescapeText = (text: string, decodeSpaces?: unknown): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return exported.unescapeBuffer(text, decodeSpaces).toString()
  }
}

const escapeText = (value: unknown): string => {
  const text = typeof value === 'object' ? String(value) : `${value}`
  try {
    return encodeURIComponent(text)
  } catch {
    throw nodeError(URIError, 'ERR_INVALID_URI', 'URI malformed')
  }
}

const writePrimitive = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : ''
  return typeof value === 'bigint' || typeof value === 'boolean' ? `${value}` : ''
}

const write = (
  object: unknown,
  { separator, equals, encode }: { separator: string; equals: string; encode: Coding },
) => {
  if (typeof object !== 'object' || object === null) return ''
  const encodeValue = (value: unknown) => {
    const text = writePrimitive(value)
    return text === '' && encode === exported.escape ? '' : encode(text)
  }
  const fields = Object.entries(object).flatMap(([key, value]) => {
    const values: unknown[] = Array.isArray(value) ? value : [value]
    return values.map((item) => `${encodeValue(key)}${equals}${encodeValue(item)}`)
  })
  return fields.join(separator)
}

interface Reading {
  separator: string
  equals: string
  options: Options | undefined
}

const read = (text: unknown, { separator, equals, options }: Reading): Record<string, string | string[]> => {
  const fields: Record<string, string | string[]> = Object.create(null)
  if (typeof text !== 'string' || text === '') return fields
  const { maxKeys } = options ?? {}
  const most = typeof maxKeys === 'number' ? maxKeys : defaultMaxKeys
  const decode = typeof options?.decodeURIComponent === 'function' ? options.decodeURIComponent : exported.unescape
  const isCustom = decode !== unescapeFunction
  const decodePart = (part: string): string => {
    const spaced = part.replaceAll('+', isCustom ? '%20' : ' ')
    if (spaced === '' || !(isCustom || /%[0-9a-fA-F]{2}/.test(spaced))) return spaced
    try {
      return decode(spaced)
    } catch {
      return exported.unescape(spaced, true)
    }
  }
  const pieces = text.split(separator)
  for (const piece of most > 0 ? pieces.slice(0, most) : pieces) {
    if (piece === '') continue
    const at = piece.indexOf(equals)
    const key = decodePart(at === -1 ? piece : piece.slice(0, at))
    const value = at === -1 ? '' : decodePart(piece.slice(at + equals.length))
    const before = fields[key]
    fields[key] = before === undefined ? value : [before, value].flat()
  }
  return fields
}

const functions = {
  unescapeBuffer(text: string, decodeSpaces: unknown) {
    return unescapeBuffer(text, decodeSpaces)
  },
  qsUnescape(text: string, decodeSpaces: unknown) {
    return unescapeText(text, decodeSpaces)
  },
  qsEscape(text: unknown) {
    return escapeText(text)
  },
  // biome-ignore lint/complexity/useMaxParams: Node's own form
  stringify(object: unknown, separator: unknown, equals: unknown, options: Options | undefined) {
    const given = options?.encodeURIComponent
    const encode = typeof given === 'function' ? given : exported.escape
    return write(object, { separator: String(separator || '&'), equals: String(equals || '='), encode })
  },
  // biome-ignore lint/complexity/useMaxParams: Node's own form
  parse(text: unknown, separator: unknown, equals: unknown, options: Options | undefined) {
    return read(text, { separator: String(separator || '&'), equals: String(equals || '='), options })
  },
}
const unescapeFunction = functions.qsUnescape

/** Authors may replace `escape` and `unescape` here: they are looked up at the call. */
export const exported: {
  unescapeBuffer: (text: string, decodeSpaces: unknown) => Bytes
  unescape: (text: string, decodeSpaces?: unknown) => string
  escape: (text: unknown) => string
  stringify: unknown
  encode: unknown
  parse: unknown
  decode: unknown
} = {
  unescapeBuffer: functions.unescapeBuffer,
  unescape: named('qsUnescape', functions.qsUnescape) as typeof unescapeText,
  escape: functions.qsEscape,
  stringify: functions.stringify,
  encode: functions.stringify,
  parse: functions.parse,
  decode: functions.parse,
}
