import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

export interface Command {
  /** For the list of commands. */
  summary: string
  /** What `--help` prints. */
  help: string
  /** `args` are those behind the command's name. Resolves with the exit code; throws a `UsageError`. */
  run(args: readonly string[], terminal: Terminal): Promise<number>
}

/** As `parseArgs`, with an error that names the option and nothing of Node's. */
export const parseOptions = <Options extends ParseArgsOptionsConfig>(args: readonly string[], options: Options) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split('. ', 1)
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`)
  }
}

/** The one argument that a command takes. */
export const onlyArgument = (positionals: readonly string[], name: string): string | undefined => {
  const [first, second] = positionals
  if (second !== undefined) throw new UsageError(`There is one ${name} too many: '${second}'.`)
  return first
}
