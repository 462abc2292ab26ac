import { loadFormatter } from '../../formatter.ts'
import { invalidArgumentType, invalidArgumentValue } from '../../node-error.ts'
import { requireBoolean, requireObject, requireOneOf, requireString } from '../validate.ts'

interface Style {
  open: string
  close: string
  /** Dim and bold share one code that ends them: it stays where it ends the other. */
  keepsClose: boolean
}

const sequence = (codes: string | number) => `\u001b[${codes}m`

const hexColor = /^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/

const hexStyle = (format: string): Style => {
  if (!hexColor.test(format))
    throw invalidArgumentValue('format', format, 'must be a valid hex color (#RGB or #RRGGBB)')
  const digits = format.length === 4 ? format.replace(/[^#]/g, '$&$&') : format
  const parts = [1, 3, 5].map((at) => Number.parseInt(digits.slice(at, at + 2), 16))
  return { open: sequence(`38;2;${parts.join(';')}`), close: sequence(39), keepsClose: false }
}

const styleOf = (format: unknown): Style => {
  if (typeof format === 'string' && format.startsWith('#')) return hexStyle(format)
  const { colors } = loadFormatter().inspect as unknown as { colors: Record<string, [number, number] | undefined> }
  const codes = colors[format as string]
  if (codes === undefined) requireOneOf(format, 'format', Object.getOwnPropertyNames(colors))
  const [open, close] = codes as [number, number]
  return { open: sequence(open), close: sequence(close), keepsClose: open === 1 || open === 2 }
}

/** What ends the style inside of `text` must not end it before the end. */
const reopen = (text: string, { open, close, keepsClose }: Style): string => {
  const again = keepsClose ? close + open : open
  const parts = text.split(close)
  const last = parts.pop() ?? ''
  if (parts.length === 0) return text
  return last === '' ? `${parts.join(again)}${close}` : `${parts.join(again)}${again}${last}`
}

interface StyleOptions {
  validateStream?: boolean
  stream?: { on?: unknown; getReader?: unknown; getWriter?: unknown; isTTY?: boolean }
}

/** The log of a run is no terminal: text is coloured where the caller does not ask for one, or brings one. */
const skipsColor = ({ stream }: StyleOptions): boolean => {
  if (stream === undefined) return true
  if ([stream?.on, stream?.getReader, stream?.getWriter].some((method) => typeof method === 'function'))
    return !stream.isTTY
  throw invalidArgumentType('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream)
}

export const styleText = (format: unknown, text: unknown, options?: StyleOptions): string => {
  requireString(text, 'text')
  if (options !== undefined) requireObject(options, 'options')
  const validateStream = options?.validateStream ?? true
  requireBoolean(validateStream, 'options.validateStream')
  const isPlain = validateStream && skipsColor(options ?? {})
  const formats = (Array.isArray(format) ? format : [format]).filter((name) => name !== 'none')
  const styles = formats.map(styleOf)
  if (isPlain) return text
  const inner = styles.reduce(reopen, text)
  return `${styles.map(({ open }) => open).join('')}${inner}${styles
    .map(({ close }) => close)
    .reverse()
    .join('')}`
}
