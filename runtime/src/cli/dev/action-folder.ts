/** The actions of a folder: `action.ts` in it or in folders of it, each named after the folder it is in. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Dependency } from '../../dependencies/dependency.ts'
import { declaredDependencies } from '../../testing/declared-dependencies.ts'
import { readTexts } from '../read-json.ts'

export interface LocalAction {
  name: string
  file: string
}

/** What is uploaded of one. */
export interface LocalSource {
  code: string
  secrets: { name: string; value: string }[]
  /** As the package.json beside it names them; the server makes versions of ranges. */
  dependencies: Dependency[]
}

export const actionFile = /^action\.[cm]?[jt]s$/

export const findActions = (folder: string): LocalAction[] =>
  foldersToWatch(folder).flatMap((place) =>
    readdirSync(place)
      .filter((name) => actionFile.test(name))
      .slice(0, 1)
      .map((name) => ({ name: basename(resolve(place)), file: join(place, name) })),
  )

/** The folder and those directly in it; what a tool keeps there is left alone. */
export const foldersToWatch = (folder: string): string[] => [
  folder,
  ...readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => join(folder, name))
    .toSorted(),
]

/** Secrets are in `secrets.json` beside the action. Throws a `UsageError` where that cannot be read. */
export const readSource = ({ file }: LocalAction): LocalSource => {
  const secretsFile = join(file, '..', 'secrets.json')
  const secrets = existsSync(secretsFile) ? readTexts(secretsFile, 'secrets') : {}
  return {
    code: readFileSync(file, 'utf8'),
    secrets: Object.entries(secrets).map(([name, value]) => ({ name, value })),
    dependencies: declaredDependencies(file),
  }
}
