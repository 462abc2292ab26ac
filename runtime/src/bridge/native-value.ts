/**
 * Values of Node's own functions as they cross the wall: arguments to the host, results back. JSON cannot tell `undefined`
 * from `null` or hold bytes, so whatever is not a text, a boolean, `null` or a plain number is a pair with its kind first.
 *
 * What cannot cross at all (functions, symbols, instances of classes) crosses as its name: Node's function on the host then
 * refuses it in the same words as it would refuse the original.
 */
export type NativeValue =
  | string
  | number
  | boolean
  | null
  | ['undefined']
  /** `NaN`, an infinity or negative zero. */
  | ['number', string]
  | ['bigint', string]
  /** Base64. A `view` arrives as a Buffer, a `buffer` as an ArrayBuffer. */
  | ['bytes', 'view' | 'buffer', string]
  /** Base64 of the key itself, of SPKI or of PKCS 8. */
  | ['key', KeyType, string]
  | ['array', NativeValue[]]
  | ['object', Record<string, NativeValue>]
  | ['function', string]
  | ['symbol', string]
  | ['instance', string]

export type KeyType = 'secret' | 'public' | 'private'
