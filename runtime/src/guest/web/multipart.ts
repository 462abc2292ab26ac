/** multipart/form-data (RFC 7578), written and read as `fetch` does. */
import { decodeUtf8, encodeUtf8, textOfUnits } from '../utf8-bytes.ts'
import { Blob, blobBytes, File } from './blob.ts'
import { FormData } from './form.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** No text that is sent has eleven digits there by chance. */
const createBoundary = (): string => `----formdata-undici-0${Math.floor(Math.random() * 1e11)}`.padEnd(32, '0')

const normalize = (text: string): string => text.replace(/\r?\n|\r/g, '\r\n')
const escapeName = (text: string): string => text.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22')

const partsOf = (form: FormData, boundary: string): (Bytes | string)[] => {
  const parts: (Bytes | string)[] = []
  for (const [name, value] of form) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(normalize(name))}"`
    if (typeof value === 'string') {
      parts.push(`${head}\r\n\r\n${normalize(value)}\r\n`)
      continue
    }
    const fileName = value.name === '' ? '' : `; filename="${escapeName(value.name)}"`
    const type = value.type === '' ? 'application/octet-stream' : value.type
    parts.push(`${head}${fileName}\r\nContent-Type: ${type}\r\n\r\n`, blobBytes(value), '\r\n')
  }
  return [...parts, `--${boundary}--\r\n`]
}

export const writeMultipart = (form: FormData): { bytes: Bytes; type: string } => {
  const boundary = createBoundary()
  const parts = partsOf(form, boundary).map((part) => (typeof part === 'string' ? encodeUtf8(part) : part))
  return { bytes: blobBytes(new Blob(parts)), type: `multipart/form-data; boundary=${boundary}` }
}

const failed = (): TypeError => new TypeError('Failed to parse body as FormData.')

const parameterOf = (header: string, name: string): string | undefined => {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(header)
  const text = found?.[1] ?? found?.[2]
  return text?.replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replace(/%22/g, '"')
}

const headersOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split('\r\n').map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )

const addPart = (form: FormData, head: string, body: Bytes): void => {
  const { 'content-disposition': disposition = '', 'content-type': type } = headersOf(head)
  const name = parameterOf(disposition, 'name')
  if (!/^form-data/i.test(disposition) || name === undefined) throw failed()
  const fileName = parameterOf(disposition, 'filename')
  if (fileName === undefined) form.append(name, decodeUtf8(body))
  else form.append(name, new File([body], fileName, { type: type ?? 'text/plain' }))
}

/** Throws a TypeError for what is not whole. */
export const readMultipart = (bytes: Bytes, type: string): FormData => {
  const boundary = parameterOf(type, 'boundary')
  if (boundary === undefined) throw failed()
  // One character per byte: places in it are places in the bytes.
  const text = textOfUnits(bytes)
  const form = new FormData()
  const delimiter = `--${boundary}`
  let at = text.startsWith(delimiter) ? 0 : text.indexOf(`\r\n${delimiter}`) + 2
  if (!text.startsWith(delimiter, at)) throw failed()
  for (;;) {
    at += delimiter.length
    if (text.startsWith('--', at)) return form
    const bodyAt = text.indexOf('\r\n\r\n', at)
    const end = text.indexOf(`\r\n${delimiter}`, bodyAt + 2)
    if (!text.startsWith('\r\n', at) || bodyAt === -1 || end === -1) throw failed()
    addPart(form, decodeUtf8(bytes.subarray(at + 2, bodyAt)), bytes.subarray(bodyAt + 4, Math.max(end, bodyAt + 4)))
    at = end + 2
  }
}
