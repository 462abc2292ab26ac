/**
 * The section of the authors' guide on what is missing, as the tables have it. `node test/docs/missing-in-actions.ts` writes
 * it, and `npm run format` lays it out.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { missingGlobals, missingModules, missingNames } from '../../runtime/src/guest/node/missing.ts'

const begin = '<!-- what is missing: begin -->\n'
const end = '<!-- what is missing: end -->\n'

const guide = fileURLToPath(new URL('../../docs/authors.md', import.meta.url))

type Row = [where: string, names: string, reason: string]

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ')

/** Names of one place that share a reason stand in one row. */
const group = (where: string, reasons: Readonly<Record<string, string>>): Row[] =>
  Object.entries(Object.groupBy(Object.keys(reasons), (name) => reasons[name] ?? '')).map(([reason, names = []]) => [
    where,
    code(names),
    reason,
  ])

const table = (rows: readonly Row[]): string => {
  const heads: Row = ['where', 'what', 'why']
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  return line(heads) + line(heads.map(() => '---')) + rows.map(line).join('')
}

export const renderMissing = (): string =>
  table([
    ...Object.entries(missingModules).map(([name, reason]): Row => ['modules', `\`node:${name}\``, reason]),
    ...Object.entries(missingNames).flatMap(([module, reasons]) => group(`\`${module}\``, reasons)),
    ...group('globals', missingGlobals.names),
    ...group('members of globals', missingGlobals.members),
    ...group('the language', missingGlobals.builtins),
  ])

const around = (text: string) => [text.indexOf(begin) + begin.length, text.indexOf(end)] as const

/** The formatter pads the cells of a table. */
const unpadded = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---')

/** What the guide says today. */
export const missingInGuide = (): string => {
  const text = readFileSync(guide, 'utf8')
  return unpadded(text.slice(...around(text)))
}

const write = () => {
  const text = readFileSync(guide, 'utf8')
  const [from, to] = around(text)
  writeFileSync(guide, `${text.slice(0, from)}\n${renderMissing()}\n${text.slice(to)}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) write()
