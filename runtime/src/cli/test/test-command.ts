/** `interlock test`: Node's own test runner, in the Node this project runs on. */
import { once } from 'node:events'
import { existsSync, globSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { type Command, parseOptions } from '../command.ts'
import { UsageError } from '../usage-error.ts'

const help = `interlock test [file or folder ...]

Runs tests with node:test: the files *.test.{ts,mts,js,mjs} of the folders, by default of this one.

Ends with 0 when all of them pass, 1 when one does not, 2 when there are none.`

export const testCommand: Command = {
  summary: 'runs the tests of a folder with node:test',
  help,
  run: async (args, terminal) => {
    const { values, positionals } = parseOptions(args, { help: { type: 'boolean', short: 'h', default: false } })
    if (values.help) {
      terminal.say(help)
      return 0
    }
    const files = (positionals.length === 0 ? ['.'] : positionals).flatMap(testsOf)
    if (files.length === 0) throw new UsageError('There is no test here: a test is a file such as action.test.ts.')
    return runFiles(files)
  },
}

const runFiles = async (files: readonly string[]): Promise<number> => {
  let failed = 0
  const stream = run({ files: [...files] })
  stream.on('test:fail', () => {
    failed += 1
  })
  stream.compose(new spec()).pipe(process.stdout)
  await once(stream, 'end')
  return failed === 0 ? 0 : 1
}

const testsOf = (path: string): string[] => {
  if (!existsSync(path)) throw new UsageError(`There is no file or folder ${path}.`)
  if (!statSync(path).isDirectory()) return [resolve(path)]
  return globSync('**/*.test.{ts,mts,js,mjs}', { cwd: path, exclude: (name) => name.endsWith('node_modules') })
    .map((file) => resolve(join(path, file)))
    .toSorted()
}
