import type { InstalledPackage } from '../dependencies/dependency.ts'

/** The package a file of an installation belongs to: the innermost of those whose folder it is in. */
export const packageAt = (packages: readonly InstalledPackage[], file: string): InstalledPackage | undefined =>
  packages
    .filter(({ path }) => file.startsWith(`${path}/`))
    .toSorted((one, other) => other.path.length - one.path.length)[0]
