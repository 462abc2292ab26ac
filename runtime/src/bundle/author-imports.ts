/** Which modules an author's file asks for, read from its compiled form: imports are calls of `require` there. */
import { builtinModules } from 'node:module'

export interface AuthorImport {
  /** As written: `lodash`, `lodash/fp`, `node:fs`, `./types`. */
  specifier: string
  /** An `import` is answered by what a package exports to ES modules, a `require` by what it exports to CommonJS. */
  kind: 'import' | 'require'
  /** Where in the code it is asked for first. */
  index: number
}

/** esbuild's own ways to write an import; what stands in a comment or a string does no harm: see `offeredModules`. */
const call =
  /(^var import_\w+ = |__toESM\(|__reExport\(\w+, )?\brequire\(\s*(?:\/\*[^*]*\*\/\s*)?(["'`])([^"'`\\\s]{1,300})\2\s*\)/gm

/** Each specifier once. One that is both imported and required counts as required. */
export const authorImports = (code: string): AuthorImport[] => {
  const found = new Map<string, AuthorImport>()
  for (const { 1: isImport, 3: specifier = '', index } of code.matchAll(call)) {
    const first = found.get(specifier)
    const kind = isImport === undefined || first?.kind === 'require' ? 'require' : 'import'
    found.set(specifier, { specifier, kind, index: first?.index ?? index })
  }
  return [...found.values()]
}

const scoped = /^@[^/]+\/[^/]+/
const plain = /^[^/]+/

/** `@scope/name/sub` → `@scope/name`; `undefined` for a path, a URL or a module of Node. */
export const packageOf = (specifier: string): string | undefined => {
  if (/^[./#\\]|:/.test(specifier) || isBuiltin(specifier)) return undefined
  return (specifier.startsWith('@') ? scoped : plain).exec(specifier)?.[0]
}

const builtins = new Set(builtinModules)

export const isBuiltin = (specifier: string): boolean => specifier.startsWith('node:') || builtins.has(specifier)

export type OfferedModule = Omit<AuthorImport, 'index'>

/**
 * What the bundle has to offer: what the author asks for by name, and the main module of every other declared package,
 * which code may ask for in a way that cannot be read.
 */
export const offeredModules = (code: string, declared: readonly string[]): OfferedModule[] => {
  const asked = authorImports(code).filter(({ specifier }) => declared.includes(packageOf(specifier) ?? ''))
  const named = new Set(asked.map(({ specifier }) => packageOf(specifier)))
  const others = declared.filter((name) => !named.has(name) && !isBuiltin(name))
  return [...asked, ...others.map((specifier) => ({ specifier, kind: 'require' as const }))]
}
