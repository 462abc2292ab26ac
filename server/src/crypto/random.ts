// biome-ignore lint/style/noRestrictedImports: this is the port's adapter
import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { Random } from '../ports.ts'

const decimals = '0123456789'
const lettersAndDigits = `${decimals}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`

/** `randomInt` draws again where a plain remainder would favour some characters. */
const draw = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

export const systemRandom: Random = {
  token: (bytes) => randomBytes(bytes).toString('base64url'),
  base62: (length) => draw(lettersAndDigits, length),
  digits: (length) => draw(decimals, length),
  uuid: () => randomUUID(),
}

/** For nonces and salts: these no test may repeat, so they do not go through the port. */
export const freshBytes = (length: number): Buffer => randomBytes(length)
