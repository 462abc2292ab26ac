/** What the documents say can be done. */
import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { limitCatalogue } from '../../server/src/tenants/limits.ts'
import { at, files, type Line, linesOf, read, root } from './source-tree.ts'

const documents = files.filter((file) => file.endsWith('.md'))
const lines = documents.flatMap(linesOf)

const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts

/** In code style or in a code block: "npm packages" in a sentence is no command. */
const unknownCommand = ({ text }: Line): boolean =>
  [...text.matchAll(/(?:`|^\s*)(?:npm|pnpm) (?:run )?([a-z:-]+)/g)].some(
    ([, name = '']) => !Object.hasOwn(scripts, name) && !['install', 'add', 'exec', 'vitest'].includes(name),
  )

const brokenLink = ({ file, text }: Line): boolean =>
  [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].some(
    ([, target = '']) => !existsSync(root + posix.join(posix.dirname(file), target)),
  )

/** A file or folder of ours in code style, such as `server/src/flow`; `<name>` and `*` stand for anything. */
const unknownPath = ({ text }: Line): boolean =>
  [...text.matchAll(/`((?:runtime|server|sdk-types|test|bench|script|docs|sample-actions)\/[\w./-]+)`/g)].some(
    ([, path = '']) => !existsSync(root + path),
  )

describe('documents', () => {
  test('every command they name exists', () => {
    expect(lines.filter(unknownCommand).map(at)).toEqual([])
  })

  test('every link between them leads somewhere', () => {
    expect(lines.filter(brokenLink).map(at)).toEqual([])
  })

  test('every path they name exists', () => {
    expect(lines.filter(unknownPath).map(at)).toEqual([])
  })

  test('every dependency has its reason in the decision about dependencies, and none is listed that is gone', () => {
    const used = files
      .filter((file) => file.endsWith('package.json'))
      .map((file) => JSON.parse(read(file)))
      .flatMap(({ dependencies, devDependencies }) => Object.keys({ ...dependencies, ...devDependencies }))
      .filter((name) => !name.startsWith('@interlock/') && !name.startsWith('@types/'))
    const listed = [...read('docs/decisions/0001-dependencies.md').matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name)
    expect(listed.toSorted()).toEqual([...new Set(used)].toSorted())
  })

  test("the operators' guide lists every limit as it is", () => {
    const rows = linesOf('docs/operators.md').map(({ text }) => text.split('|').map((cell) => cell.trim()))
    const listed = rows.filter((cells) => Object.hasOwn(limitCatalogue, cells[1]?.replaceAll('`', '') ?? ''))
    const expected = Object.entries(limitCatalogue).map(([name, limit]) =>
      ['', `\`${name}\``, limit.unit, limit.default, limit.smallest, limit.largest, limit.reason, ''].map(String),
    )
    expect(listed).toEqual(expected)
  })

  test("the operators' guide lists every variable of the configuration", () => {
    const variables = [...read('server/src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name)
    const listed = [...read('docs/operators.md').matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name)
    expect(listed.toSorted()).toEqual(variables.toSorted())
  })
})
