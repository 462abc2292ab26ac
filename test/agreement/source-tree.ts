/** The project's files as the agreement tests read them: what git tracks, and what it would track. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Paths from the root, with slashes. */
export const files: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => file !== '' && existsSync(`${root}${file}`))

export const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8')

export interface Line {
  file: string
  /** Counts from 1. */
  number: number
  text: string
}

export const linesOf = (file: string): Line[] =>
  read(file)
    .split('\n')
    .map((text, index) => ({ file, number: index + 1, text }))

export const at = ({ file, number, text }: Line): string => `${file}:${number}: ${text.trim()}`
