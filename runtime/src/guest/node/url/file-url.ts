/** Paths and `file:` URLs. An action has no files, but packages name places with them. */
import { invalidArgumentType, nodeError } from '../../node-error.ts'
import { type Bytes, bytesClass } from '../bytes-class.ts'
import { sibling } from '../siblings.ts'
import { requireString } from '../validate.ts'

interface WebUrl {
  protocol: string
  hostname: string
  pathname: string
}

type WebUrlClass = new (text: string) => WebUrl

const urlClass = () => (globalThis as unknown as { URL: WebUrlClass }).URL

const requireFileUrl = (given: unknown): WebUrl => {
  const url = typeof given === 'string' ? new (urlClass())(given) : given
  if (!(url instanceof urlClass())) throw invalidArgumentType('path', ['string', 'URL'], given)
  if (url.protocol !== 'file:') throw nodeError(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file')
  if (url.hostname !== '') {
    const text = 'File URL host must be "localhost" or empty on linux'
    throw nodeError(TypeError, 'ERR_INVALID_FILE_URL_HOST', text)
  }
  return url
}

export const fileUrlToPath = (given: unknown): string => {
  const url = requireFileUrl(given)
  if (/%2f/i.test(url.pathname)) {
    const text = 'File URL path must not include encoded / characters'
    throw Object.assign(nodeError(TypeError, 'ERR_INVALID_FILE_URL_PATH', text), { input: url })
  }
  return decodeURIComponent(url.pathname)
}

/** Bytes that are no text stay what they are. */
export const fileUrlToBytes = (given: unknown): Bytes => {
  const { unescapeBuffer } = sibling('querystring') as { unescapeBuffer(text: string): Bytes }
  const bytes = unescapeBuffer(requireFileUrl(given).pathname)
  return bytesClass().from(bytes)
}

export const pathToFileUrl = (path: unknown): WebUrl => {
  requireString(path, 'path')
  const { resolve } = sibling('path') as { resolve(path: string): string }
  const resolved = resolve(path)
  const whole = path.endsWith('/') && !resolved.endsWith('/') ? `${resolved}/` : resolved
  const escaped = whole.replace(/[%\\\n\r\t?#]/g, encodeURIComponent)
  return new (urlClass())(`file://${escaped}`)
}
