/** A query's text as tokens. */
import { type Bound, QueryError } from './query.ts'

export interface Token {
  type: 'field' | 'word' | 'quoted' | 'range' | 'open' | 'close' | 'and' | 'or' | 'not'
  text: string
  /** Where it begins, from 1. */
  at: number
  /** Of a word or a quoted text that ends in `*`. */
  begins?: true
  /** Of a range. */
  bounds?: { from?: Bound; to?: Bound }
}

type Read = Omit<Token, 'at'> & { length: number }

const plain = (type: Token['type'], length: number, text: string): Read => ({ type, text, length })

const withoutBackslashes = (text: string): string => text.replaceAll(/\\(.)/gs, '$1')

const symbols: Record<string, Token['type']> = {
  '(': 'open',
  ')': 'close',
  '&&': 'and',
  '||': 'or',
  '-': 'not',
  '!': 'not',
}
const keywords: Record<string, Token['type']> = { AND: 'and', OR: 'or', NOT: 'not' }

const bound = (text: string, itself: Bound['itself']): Bound | undefined =>
  text === '*' ? undefined : { text: withoutBackslashes(text.replace(/^"(.*)"$/s, '$1')), itself }

const range = (from: Bound | undefined, to: Bound | undefined) => ({ ...(from && { from }), ...(to && { to }) })

const readRange = (rest: string): Read | undefined => {
  const match = /^([[{])\s*("[^"]*"|[^\s"\]}]+)\s+TO\s+("[^"]*"|[^\s"\]}]+)\s*([\]}])/.exec(rest)
  if (!match) return undefined
  const [text, opening, from = '', to = '', closing] = match
  const lower = bound(from, opening === '[' ? 'counts' : 'does-not')
  const upper = bound(to, closing === ']' ? 'counts' : 'does-not')
  return { ...plain('range', text.length, text), bounds: range(lower, upper) }
}

const readComparison = (rest: string): Read | undefined => {
  const match = /^([<>])(=?)("[^"]*"|[^\s"()]+)/.exec(rest)
  if (!match) return undefined
  const [text, direction, equal, value = ''] = match
  const end = bound(value, equal === '=' ? 'counts' : 'does-not')
  return {
    ...plain('range', text.length, text),
    bounds: direction === '>' ? range(end, undefined) : range(undefined, end),
  }
}

const readQuoted = (rest: string): Read | undefined => {
  const match = /^"((?:[^"\\]|\\.)*)"(\*?)/s.exec(rest)
  if (!match) return undefined
  const [text, inner = '', star] = match
  return { ...plain('quoted', text.length, withoutBackslashes(inner)), ...(star === '*' && { begins: true }) }
}

/** A name and its colon. A hyphen inside is part of it: keys of metadata have some. */
const readField = (rest: string): Read | undefined => {
  const match = /^([A-Za-z_][\w.-]*):/.exec(rest)
  return match ? plain('field', match[0].length, match[1] ?? '') : undefined
}

/** Up to what ends it. Between a field and its value a colon is part of the value, as in a time. */
const readWord = (rest: string): Read | undefined => {
  const [text = ''] = /^(?:[^\s()"\\[\]{}<>]|\\.)+/s.exec(rest) ?? []
  if (text === '') return undefined
  if (Object.hasOwn(keywords, text)) return plain(keywords[text] as Token['type'], text.length, text)
  const begins = text.endsWith('*') && !text.endsWith('\\*')
  const word = begins ? text.slice(0, -1) : text
  if (/(?<!\\)[*?~^]/.test(word)) throw new QueryError(`'${text}': a wildcard may only be a * at the end`)
  return { ...plain('word', text.length, withoutBackslashes(word)), ...(begins && { begins: true }) }
}

const readSymbol = (rest: string): Read | undefined => {
  const text = [rest.slice(0, 2), rest.slice(0, 1)].find((symbol) => Object.hasOwn(symbols, symbol))
  return text === undefined ? undefined : plain(symbols[text] as Token['type'], text.length, text)
}

/** `-` is a sign only where a term may begin: inside of a value it is a character. */
const afterField = [readRange, readComparison, readQuoted, readWord, readSymbol]
const elsewhere = [readSymbol, readField, readQuoted, readWord]
/** The values of one field, in parentheses. */
const insideValues = [readSymbol, readRange, readComparison, readQuoted, readWord]

export const scan = (query: string): Token[] => {
  const tokens: Token[] = []
  let at = 0
  /** Parentheses open at a field's values. */
  let values = 0
  for (;;) {
    at += /^\s*/.exec(query.slice(at))?.[0].length ?? 0
    if (at >= query.length) return tokens
    const rest = query.slice(at)
    const last = tokens.at(-1)
    const readers = last?.type === 'field' ? afterField : values > 0 ? insideValues : elsewhere
    const read = readers.map((reader) => reader(rest)).find((found) => found !== undefined)
    if (!read) throw new QueryError(`It cannot be understood from position ${at + 1} on`)
    if (read.type === 'open' && (values > 0 || last?.type === 'field')) values += 1
    if (read.type === 'close' && values > 0) values -= 1
    const { length, ...token } = read
    tokens.push({ ...token, at: at + 1 })
    at += length
  }
}
