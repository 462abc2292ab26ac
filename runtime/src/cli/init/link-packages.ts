import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** What a test and an editor look for. */
const wanted = ['@interlock/runtime', '@interlock/sdk-types', '@types/node']

/**
 * Links this Interlock's packages into the folder's `node_modules`, unless the folder finds them already, as one inside of
 * Interlock's own does. Answers the names it has linked.
 */
export const linkPackages = (folder: string): string[] =>
  wanted.filter((name) => {
    const source = folderOf(name)
    if (source === undefined || findFrom(resolve(folder), name) !== undefined) return false
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(source, link, 'junction')
    return true
  })

/** As Node looks for what an ES module imports: upward, folder by folder, and nowhere else. */
const findFrom = (folder: string, name: string): string | undefined => {
  const found = join(folder, 'node_modules', name)
  if (existsSync(join(found, 'package.json'))) return found
  return dirname(folder) === folder ? undefined : findFrom(dirname(folder), name)
}

const runtimeFolder = resolve(import.meta.dirname, '../../..')

const folderOf = (name: string): string | undefined =>
  name === '@interlock/runtime' ? runtimeFolder : findFrom(runtimeFolder, name)
