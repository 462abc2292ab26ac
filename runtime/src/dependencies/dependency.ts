/** npm packages of an action, as data: what its author asks for, and what that came to. */

/** `version` is exact once it was resolved; as an author writes it, it may be a range or a tag such as `latest`. */
export interface Dependency {
  name: string
  version: string
}

/** One line of a version's bill of materials. */
export interface PackageRecord {
  name: string
  version: string
  /** `sha512-` and the digest of the package's tarball in base64, as it was checked. */
  integrity: string
  /** What the package says of itself, unchecked. Absent where it says nothing. */
  license?: string
}

export interface InstalledPackage extends PackageRecord {
  /** From the installation's folder, with slashes: `node_modules/a/node_modules/b`. */
  path: string
}

/** The packages of one version, unpacked for the bundler. */
export interface Installation {
  /** Absolute, without symbolic links. Holds the packages and nothing else. */
  folder: string
  packages: readonly InstalledPackage[]
  /** Every file there is, from the folder, with slashes. */
  files: ReadonlySet<string>
  /** Deletes the folder. Safe to call twice. */
  remove(): Promise<void>
}

export type DependencyFault =
  | 'ERR_DEPENDENCY_NAME'
  | 'ERR_DEPENDENCY_VERSION'
  | 'ERR_DEPENDENCY_UNKNOWN'
  | 'ERR_DEPENDENCY_UNKNOWN_VERSION'
  | 'ERR_DEPENDENCY_NATIVE'
  | 'ERR_DEPENDENCY_BROKEN'
  | 'ERR_DEPENDENCY_LIMIT'
  /** The registry, not the author: the same request may succeed later. */
  | 'ERR_DEPENDENCY_REGISTRY'

/** Why packages could not be had: `message` is for the author, and names the package and the rule. */
export class DependencyError extends Error {
  override name = 'DependencyError'
  readonly code: DependencyFault

  constructor(code: DependencyFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
