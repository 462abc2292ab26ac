/** `atob` and `btoa` of the HTML standard, with Node's errors. */
import { fromBase64, toBase64 } from '../base64.ts'
import { missingArguments } from '../node-error.ts'
import { textOfUnits } from '../utf8-bytes.ts'
import { late } from './late.ts'
import { named } from './named.ts'

const refusal = (message: string): Error =>
  new (late('exceptions').load().DOMException)(message, 'InvalidCharacterError')

/** No argument is an error, `undefined` is a text. */
function btoa(input: unknown): string {
  if (arguments.length === 0) throw missingArguments('input')
  const text = `${input}`
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit > 0xff) throw refusal('Invalid character')
    bytes[index] = unit
  }
  return toBase64(bytes)
}

function atob(input: unknown): string {
  if (arguments.length === 0) throw missingArguments('input')
  const text = `${input}`.replace(/[\t\n\f\r ]+/g, '')
  const digits = text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text
  if (!/^[A-Za-z0-9+/]*$/.test(digits)) throw refusal('Invalid character')
  if (digits.length % 4 === 1) throw refusal('The string to be decoded is not correctly encoded.')
  return textOfUnits(fromBase64(digits))
}

export const globals = named({ atob, btoa })
