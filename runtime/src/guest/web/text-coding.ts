/** `TextEncoder` and `TextDecoder` for UTF-8, the one encoding there is here. */
import { matchPattern, RangeErrorClass, slice, startsWith, TypeErrorClass, trim } from '../primordials.ts'
import { decodeUtf8, encodeUtf8 } from '../utf8-bytes.ts'
import { copyBytes } from './body-source.ts'

export class TextEncoder {
  get encoding() {
    return 'utf-8'
  }
  encode(text: unknown = ''): Uint8Array {
    return encodeUtf8(`${text}`)
  }
}

const utf8Label = /^(?:unicode-1-1-utf-8|unicode11utf8|unicode20utf8|utf-8|utf8|x-unicode20utf8)$/i

const refuse = () => {
  throw new TypeErrorClass('The encoded data was not valid for encoding utf-8')
}

export class TextDecoder {
  readonly fatal: boolean
  readonly ignoreBOM: boolean

  constructor(label: unknown = 'utf-8', given?: unknown) {
    if (matchPattern(utf8Label, trim(`${label}`)) === null)
      throw new RangeErrorClass(`The "${slice(`${label}`, 0, 64)}" encoding is not supported: utf-8 is.`)
    const { fatal, ignoreBOM } = (given ?? {}) as { fatal?: unknown; ignoreBOM?: unknown }
    this.fatal = !!fatal
    this.ignoreBOM = !!ignoreBOM
  }

  get encoding() {
    return 'utf-8'
  }
  decode(input?: unknown): string {
    if (input === undefined) return ''
    const bytes = copyBytes(input)
    if (bytes === undefined) throw new TypeErrorClass('The "input" argument must be an ArrayBuffer or a view on one.')
    const text = decodeUtf8(bytes, this.fatal ? refuse : undefined)
    return !this.ignoreBOM && startsWith(text, '\ufeff') ? slice(text, 1, text.length) : text
  }
}
