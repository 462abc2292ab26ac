import { builtinModules } from 'node:module'

const names = builtinModules.map((name) => name.replace(/^node:/, ''))

/** Without the inner ones, which Node deprecates. `domain` comes last: loading it changes `events`. */
export const modulesOfNode: readonly string[] = [
  ...names.filter((name) => !name.startsWith('_') && name !== 'domain'),
  'domain',
]
