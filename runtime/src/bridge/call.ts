import type { NativeValue } from './native-value.ts'
import type { LiveLine } from './outcome.ts'

/**
 * The few questions a guest may ask while it runs and get answered at once. One host function carries them all; it takes
 * and gives strings of JSON, and the guest keeps it in a closure that author code cannot reach.
 */
export type Call =
  | { call: 'url.resolve'; url: string; query?: Record<string, string> }
  | { call: 'url.parse'; url: string; base?: string }
  /** As if `value` was written to the field of a `URL`. */
  | { call: 'url.change'; url: string; field: UrlField; value: string }
  | { call: 'token.encode'; secret: string; payload: Record<string, unknown>; expiresInSeconds?: number }
  | { call: 'token.validate'; secret: string; tokenParameterName: string }
  /** What one of Node's own functions comes to, which always comes to the same. */
  | { call: 'native.compute'; name: string; args: NativeValue[] }
  /** The same of a function that draws random numbers. */
  | { call: 'native.draw'; name: string; args: NativeValue[] }
  /** Lines of the console from the `first` on, for who follows the run while it is under way: only in a run that is `live`. */
  | { call: 'console.print'; first: number; lines: LiveLine[] }

/**
 * What needs nothing of a run and is answered the same each time: a module may ask while it is loaded ahead of its run. The
 * others are refused then.
 */
export const pureCalls: ReadonlySet<string> = new Set<Call['call']>([
  'url.resolve',
  'url.parse',
  'url.change',
  'native.compute',
])

/** What needs nothing of a run: a module may ask while it is loaded, but is loaded for its run alone then. */
export const runlessCalls: ReadonlySet<string> = new Set([...pureCalls, 'native.draw'])

export const urlFields = [
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const
/** What may be written to. */
export type UrlField = (typeof urlFields)[number]
export type UrlParts = Record<UrlField | 'href' | 'origin', string>

/** `message` is the exact text the author sees; the guest throws it as an error of class `error`. */
export interface Refusal {
  ok: false
  error: 'Error' | 'TypeError' | 'RangeError' | 'SyntaxError'
  message: string
  /** Node's `code`. */
  code?: string
  /** The error is a DOMException of this name. */
  exception?: string
  /** What Node and OpenSSL put on the error besides. */
  details?: Readonly<Record<string, string | number | readonly string[]>>
}

export type Answer<Value> = { ok: true; value: Value } | Refusal

export interface Answers {
  /**
   * The normalised URL with `query` applied by `searchParams.set`; `Invalid URL` is all that is refused. Other schemes than
   * http(s) are refused by the guest, which can name the argument, and again by the command's schema.
   */
  'url.resolve': Answer<string>
  'url.parse': Answer<UrlParts>
  'url.change': Answer<UrlParts>
  'token.encode': Answer<string>
  'token.validate': Answer<Record<string, unknown>>
  'native.compute': Answer<NativeValue>
  'native.draw': Answer<NativeValue>
  'console.print': Answer<null>
}

/** One function, JSON in, JSON out; held by the guest's boot code only. */
export type Ask = (json: string) => string
