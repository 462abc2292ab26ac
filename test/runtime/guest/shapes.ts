import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { evaluate } from './run-guest.ts'
import { type Shape, shapeOf } from './shape-of.ts'

interface Shapes {
  globals: Shape
  modules: Record<string, Shape>
}

export const shapesOfNode: Shapes = JSON.parse(
  execFileSync(process.execPath, ['--no-warnings', fileURLToPath(new URL('print-shapes.ts', import.meta.url))], {
    encoding: 'utf8',
    maxBuffer: 67_108_864,
  }),
)

export const shapeInGuest = (module: string): Promise<Shape> =>
  evaluate(`(${shapeOf})(require(${JSON.stringify(module)}))`) as Promise<Shape>

export const shapeOfGlobalsInGuest = (names: readonly string[]): Promise<Shape> =>
  evaluate(`(${shapeOf})(globalThis, ${JSON.stringify(names)})`) as Promise<Shape>

/** Names that Node has in another form, or alone. What belongs to one of them need not be named again. */
export const missingNamesOf = (own: Shape, node: Shape): string[] => {
  const names = Object.keys(node).filter((name) => own[name] !== node[name])
  return names.filter((name) => !names.some((other) => name.startsWith(`${other}.`)))
}
