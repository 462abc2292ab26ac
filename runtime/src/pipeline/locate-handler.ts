/** Where a handler begins, for runs that ended without a stack: nothing was on it, or nothing is left of it. */
import type { HandlerName } from '../bridge/guest-door.ts'
import type { Artifact } from '../bundle/artifact.ts'
import { wrapModule } from '../bundle/module-wrapper.ts'
import { originalPosition, type SourcePosition } from '../bundle/source-map.ts'

/** A stack frame with the author's file, line and column; `undefined` where the name is made up at run time. */
export const locateHandler = (artifact: Artifact, handler: HandlerName): string | undefined => {
  const position = positionOf(artifact, handler)
  return position && `    at ${handler} (${artifact.fileName}:${position.line}:${position.column})`
}

export const positionOf = (artifact: Artifact, handler: HandlerName): SourcePosition | undefined => {
  const code = wrapModule(artifact.code)
  // `exports.name = …`, `name: …`, `name(…) {…}` and `function name(…)`: whatever gives the handler its name.
  for (const { index } of code.matchAll(new RegExp(`\\b${handler}(?=\\s*(?:=[^=]|:|\\())`, 'g'))) {
    const before = code.slice(0, index)
    const line = before.split('\n').length
    const position = originalPosition(artifact, { line, column: index - before.lastIndexOf('\n') })
    if (position) return position
  }
  return undefined
}
