import { posix } from 'node:path'
import { files, read } from './source-tree.ts'

export interface Import {
  /** The importing file. */
  from: string
  /** As written. */
  specifier: string
  /** The imported file when it is one of the project's. */
  to?: string
}

// Biome keeps every module specifier in single quotes, so a pattern reads them reliably.
const specifiers = /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*)'([^']+)'/g

const packageFolder = /^@interlock\/([^/]+)/

const targetOf = (from: string, specifier: string): string | undefined => {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  return packageFolder.exec(specifier)?.[1]
}

const importsOf = (from: string): Import[] =>
  [...read(from).matchAll(specifiers)].map(([, specifier = '']) => {
    const to = targetOf(from, specifier)
    return { from, specifier, ...(to !== undefined && { to }) }
  })

const isSource = (file: string): boolean => /\.(ts|mts|mjs|js)$/.test(file)

/** Every import between the project's own files, and of its packages. */
export const imports: readonly Import[] = files
  .filter(isSource)
  .flatMap(importsOf)
  .filter((entry) => entry.to !== undefined)
