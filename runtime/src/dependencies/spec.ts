/**
 * What may stand as the name and the version of a dependency. Both become parts of paths and URLs: what these rules let
 * through needs no escaping.
 *
 * - packages come from the registry by their name; no git, file, http or workspace specs
 * - an author names a package as it is; inside of packages an alias (`npm:other@1`) is usual and followed
 */
import semver from 'semver'
import { type Dependency, DependencyError } from './dependency.ts'

const longestName = 214
const longestSpec = 256
const name = /^(?:@[a-z\d~-][\w.~-]*\/)?[a-z\d~-][\w.~-]*$/i
const tag = /^[a-z\d][\w.-]*$/i
const alias = /^npm:(@?[^@]+)(?:@(.*))?$/
const reserved = ['node_modules', 'favicon.ico']

export const isPackageName = (text: string): boolean =>
  text.length <= longestName && name.test(text) && !reserved.includes(text.toLowerCase())

/** A range or a tag, in the form the registry's answers are looked through with. */
const isVersionSpec = (text: string): boolean =>
  text.length <= longestSpec && (semver.validRange(text) !== null || tag.test(text))

/** Throws a `DependencyError` for what an author may not ask for. */
export const checkWanted = ({ name: wanted, version }: Dependency): void => {
  if (!isPackageName(wanted))
    throw new DependencyError('ERR_DEPENDENCY_NAME', `'${wanted.slice(0, 60)}' is no name of an npm package.`)
  if (!isVersionSpec(version)) {
    const text = `'${version.slice(0, 60)}' is no version, range or tag: packages come from the registry only, by their own name.`
    throw new DependencyError('ERR_DEPENDENCY_VERSION', text)
  }
}

/** What a package's manifest asks for under a name of its choice. `undefined`: nothing that comes from the registry. */
export const parseSpec = (folder: string, spec: string): (Dependency & { folder: string }) | undefined => {
  const [, aliased, range = ''] = alias.exec(spec) ?? []
  const target = { folder, name: aliased ?? folder, version: (aliased === undefined ? spec : range).trim() || '*' }
  return isPackageName(folder) && isPackageName(target.name) && isVersionSpec(target.version) ? target : undefined
}
