/** The command line as a process. */
import { commands } from './commands.ts'
import { processTerminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

const overview = async (): Promise<string> => {
  const names = Object.keys(commands)
  const lines = await Promise.all(
    names.map(async (name) => `  ${name.padEnd(6)} ${(await commands[name]?.())?.summary}`),
  )
  return `interlock <command>\n\n${lines.join('\n')}\n\ninterlock <command> --help says more.`
}

const main = async ([name, ...args]: readonly string[]): Promise<number> => {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    processTerminal.say(await overview())
    return name === undefined ? 2 : 0
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) throw new UsageError(`There is no command '${name}'. There are: ${Object.keys(commands).join(', ')}.`)
  try {
    return await (await load()).run(args, processTerminal)
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${error.message}\ninterlock ${name} --help says more.`)
    throw error
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  processTerminal.note(error instanceof UsageError ? error.message : String((error as Error)?.stack ?? error))
  process.exitCode = 2
}
