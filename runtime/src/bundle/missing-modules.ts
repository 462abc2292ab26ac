/** What an author's file asks for and will not get: no error, for it may never be asked for, or inside of `try`. */
import type { Artifact, BuildMessage } from './artifact.ts'
import { authorImports, isBuiltin, packageOf } from './author-imports.ts'
import { excerptAt } from './compiler-messages.ts'
import { wrapperColumns } from './module-wrapper.ts'
import { originalPosition, type SourcePosition } from './source-map.ts'

/** The place in `wrapModule(code)`, counted as in stacks. */
const placeIn = (code: string, index: number): SourcePosition => {
  const before = code.slice(0, index)
  const line = before.split('\n').length
  const column = index - before.lastIndexOf('\n')
  return { line, column: line === 1 ? column + wrapperColumns : column }
}

/** `author` is the compiled file without its packages, `declared` the names of its dependencies. */
export const missingModules = (author: Artifact, source: string, declared: readonly string[]): BuildMessage[] =>
  authorImports(author.code)
    .filter(({ specifier }) => !isBuiltin(specifier) && !declared.includes(packageOf(specifier) ?? ''))
    .map(({ specifier, index }) => {
      const position = originalPosition(author, placeIn(author.code, index))
      const text = `There is no module '${specifier}' among the dependencies: require fails with MODULE_NOT_FOUND when it runs.`
      return { file: author.fileName, text, ...(position && { ...position, excerpt: excerptAt(source, position) }) }
    })
