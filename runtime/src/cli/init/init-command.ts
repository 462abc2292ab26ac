/** `interlock init`: a folder with an action, an event, a test, and what an editor needs to know the types. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, onlyArgument, parseOptions } from '../command.ts'
import { UsageError } from '../usage-error.ts'
import { linkPackages } from './link-packages.ts'
import { type Language, templates } from './templates.ts'

const help = `interlock init [name] [options]

Makes a folder (default: my-action) with an action, its test, an event to run it with, and a set-up for types.
Nothing that is there is overwritten.

  --javascript   JavaScript instead of TypeScript

Ends with 0, or with 2 when one of the files is there already.`

export const initCommand: Command = {
  summary: 'makes a new action with a test',
  help,
  run: async (args, terminal) => {
    const { values, positionals } = parseOptions(args, {
      javascript: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    })
    if (values.help) {
      terminal.say(help)
      return 0
    }
    const folder = onlyArgument(positionals, 'name') ?? 'my-action'
    const language: Language = values.javascript ? 'javascript' : 'typescript'
    write(folder, templates[language])
    const linked = linkPackages(folder)
    const [action = ''] = Object.keys(templates[language])
    terminal.say(nextSteps({ folder, action, linked }))
    return 0
  },
}

const write = (folder: string, files: Readonly<Record<string, string>>): void => {
  const taken = Object.keys(files).filter((name) => existsSync(join(folder, name)))
  if (taken.length > 0) throw new UsageError(`${folder} holds ${taken.join(', ')} already: nothing was written.`)
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
}

const nextSteps = ({ folder, action, linked }: { folder: string; action: string; linked: readonly string[] }): string =>
  [
    `${folder} has ${action}, its test and an event.`,
    ...(linked.length > 0 ? [`Linked into its node_modules: ${linked.join(', ')}.`] : []),
    '',
    `  npx interlock run ${join(folder, action)} --event ${join(folder, 'event.json')}`,
    `  npx interlock test ${folder}`,
    `  npx interlock dev ${folder}`,
  ].join('\n')
