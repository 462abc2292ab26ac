/** esbuild's messages as data. The excerpt comes from the author's source, never from the compiler's text. */
import type { BuildMessage } from './artifact.ts'

const longestExcerpt = 160
const lineBreak = /\r\n|[\n\r\u2028\u2029]/
const message = /^(?:✘ \[ERROR\]|▲ \[(WARNING)\]) (.+)(?:\n\n {4}([^\s:]+):(\d+):(\d+):)?/gm

/** esbuild's own texts that say little to an author. */
const rewordings: [pattern: RegExp, text: string][] = [
  [
    /^Top-level await is currently not supported/,
    'Top-level await is not supported: an action is loaded synchronously. Await inside the handler.',
  ],
]

const wordingOf = (text: string): string => {
  const plain = text.replace(/ \[[a-z-]+\]$/, '')
  return rewordings.find(([pattern]) => pattern.test(plain))?.[1] ?? plain
}

/** The part of a long line that holds `column`. */
const excerptOf = (line: string, column: number): string => {
  if (line.length <= longestExcerpt) return line
  const start = Math.max(0, Math.min(column - longestExcerpt / 2, line.length - longestExcerpt))
  return line.slice(start, start + longestExcerpt)
}

/** The author's line at a place of the source; both count from 1. */
export const excerptAt = (source: string, { line, column }: { line: number; column: number }): string =>
  excerptOf(source.split(lineBreak)[line - 1] ?? '', column)

/** `line` counts from 1, `byteColumn` from 0 in UTF-8. A place behind the source is its end. */
const placeOf = (lines: string[], line: number, byteColumn: number) => {
  const text = lines[line - 1]
  if (text === undefined) {
    const last = lines.at(-1) ?? ''
    return { line: lines.length, column: last.length + 1, excerpt: excerptOf(last, last.length) }
  }
  const column = Buffer.from(text).subarray(0, byteColumn).toString('utf8').length + 1
  return { line, column, excerpt: excerptOf(text, column) }
}

export interface CompilerMessages {
  errors: BuildMessage[]
  warnings: BuildMessage[]
}

/** Reads what esbuild wrote to stderr about `source`. */
export const parseCompilerMessages = (stderr: string, source: string, file: string): CompilerMessages => {
  const lines = source.split(lineBreak)
  const errors: BuildMessage[] = []
  const warnings: BuildMessage[] = []
  for (const [, warning, text, , line, column] of stderr.matchAll(message)) {
    const place = line === undefined ? {} : placeOf(lines, Number(line), Number(column))
    const list = warning === undefined ? errors : warnings
    list.push({ text: wordingOf(text ?? ''), file, ...place })
  }
  return { errors, warnings }
}

export interface PackageMessage {
  text: string
  /** From the bundler's folder; absent where it is about no file. */
  file?: string
  line?: number
}

/** Reads the errors that esbuild wrote about packages. */
export const parsePackageErrors = (stderr: string): PackageMessage[] =>
  [...stderr.matchAll(message)]
    .filter(([, warning]) => warning === undefined)
    .map(([, , text = '', file, line]) => ({
      text: wordingOf(text),
      ...(file !== undefined && { file, line: Number(line) }),
    }))
