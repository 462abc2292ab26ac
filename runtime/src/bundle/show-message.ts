import type { BuildMessage } from './artifact.ts'

/** `action.js:3:5: Unexpected "}"` */
export const placeAndText = ({ file, line, column, text }: BuildMessage): string =>
  `${[file, line, column].filter((part) => part !== undefined).join(':')}: ${text}`

/**
 * A message of a build as people read it:
 *
 *     action.ts:3:9: Expected ";" but found "b"
 *         3 | const a b
 *           |         ^
 */
export const showBuildMessage = (message: BuildMessage): string => {
  const { line, column, excerpt } = message
  const headline = placeAndText(message)
  if (line === undefined || excerpt === undefined || excerpt.trim() === '') return headline
  const number = `    ${line}`
  const shown = `${headline}\n${number} | ${excerpt}`
  // Of a long line the excerpt is a part, and where it begins is not told.
  if (column === undefined || column > excerpt.length + 1 || excerpt.length >= longestWholeLine) return shown
  // Tabs stay tabs, so that the mark stands below its place.
  const before = excerpt.slice(0, column - 1).replace(/[^\t]/g, ' ')
  return `${shown}\n${' '.repeat(number.length)} | ${before}^`
}

const longestWholeLine = 160
