/**
 * Functions of widely used packages that read the clock while they are loaded, and to which it makes no difference when
 * that was. Each is known by its whole text, as the compiler prints it: what it has read cannot leave it.
 */
import type { Module } from './run.ts'

interface ClockReader {
  name: string
  reason: string
  /** The text of the function; `@` stands before the call that reads the clock. */
  text: RegExp
}

const clockReaders: readonly ClockReader[] = [
  {
    name: 'lodash, shortOut',
    reason: 'Counts calls that follow each other within 16 ms, and begins anew after a longer while.',
    text: /var (?<count>\w+) = 0, (?<last>\w+) = 0;\s+return function\(\) \{\s+var (?<stamp>\w+) = @\w+\(\), (?<left>\w+) = \w+ - \(\k<stamp> - \k<last>\);\s+(?:\k<last> = \k<stamp>;\s+if \(\k<left> > 0\)|if \(\k<last> = \k<stamp>, \k<left> > 0\)) \{\s+if \(\+\+\k<count> >= \w+\) (?:\{\s+)?return arguments\[0\];\s+\}(?:\s+\})? else (?:\{\s+)?\k<count> = 0;\s+(?:\}\s+)?return \w+\.apply\((?:\w+|void 0), arguments\);\s+\};\s+\}/,
  },
]

/** `frame` is the line of a stack that has made the call. */
export const isHarmlessRead = (frame: string, { code, fileName }: Module): boolean => {
  const [, file, line, column] = /([^\s(]+):(\d+):(\d+)\)?$/.exec(frame) ?? []
  if (file !== fileName) return false
  const at = offsetOf(code, Number(line), Number(column))
  const around = `${code.slice(Math.max(0, at - contextLength), at)}@${code.slice(at, at + contextLength)}`
  return clockReaders.some(({ text }) => text.test(around))
}

const offsetOf = (code: string, line: number, column: number): number => {
  let start = 0
  for (let n = 1; n < line; n++) start = code.indexOf('\n', start) + 1
  return start + column - 1
}

/** More than the longest of the texts. */
const contextLength = 600
