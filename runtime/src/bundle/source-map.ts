/** From positions in compiled code back to the author's lines. */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import type { Artifact } from './artifact.ts'
import { wrapperColumns } from './module-wrapper.ts'

/** Both count from 1, as in stacks. */
export interface SourcePosition {
  line: number
  column: number
}

/** The author's position for one in `wrapModule(artifact.code)`; `undefined` for code that the compiler added. */
export const originalPosition = (artifact: Artifact, { line, column }: SourcePosition): SourcePosition | undefined =>
  positionIn(new TraceMap(artifact.sourceMap), { line, column })

const positionIn = (map: TraceMap, { line, column }: SourcePosition): SourcePosition | undefined => {
  const codeColumn = line === 1 ? column - 1 - wrapperColumns : column - 1
  if (line < 1 || codeColumn < 0) return undefined
  const found = originalPositionFor(map, { line, column: codeColumn })
  return found.line === null ? undefined : { line: found.line, column: found.column + 1 }
}

const escapePattern = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** V8 shows its own builtins so: `at Array.map (<anonymous>)`, `at async Promise.all (index 0)`. */
const isBuiltin = (line: string) => /^\s+at .*\((?:<anonymous>|index \d+)\)$/.test(line)
const isPlaced = (line: string) => /^\s+at .*:\d+:\d+\)?$/.test(line)
/** What the console shows of an error's fields begins behind its last frame. */
const fields = ' {'

export interface StackMapper {
  /**
   * A guest's stack with the author's file, lines and columns. Frames of the glue around the action are left out, and with
   * them every name of a file of ours; frames of builtins stay where author code stands below them. Text that is no stack
   * passes unchanged, so that the console may be mapped too.
   */
  map(text: string): string
}

/** `compiledName` is the file name the host compiled `wrapModule(artifact.code)` under. */
export const createStackMapper = (artifact: Artifact, compiledName: string): StackMapper => {
  let place: RegExp | undefined
  let sourceMap: TraceMap | undefined

  const mapFrame = (frame: string): string | undefined => {
    let lost = false
    let found = false
    place ??= new RegExp(`${escapePattern(compiledName)}:(\\d+):(\\d+)`, 'g')
    const mapped = frame.replace(place, (_, line: string, column: string) => {
      sourceMap ??= new TraceMap(artifact.sourceMap)
      const position = positionIn(sourceMap, { line: Number(line), column: Number(column) })
      found = true
      lost ||= position === undefined
      return position ? `${artifact.fileName}:${position.line}:${position.column}` : ''
    })
    return found && !lost ? mapped : undefined
  }

  const mapLines = (lines: readonly string[]): string[] => {
    const kept: string[] = []
    /** Builtins wait here until a frame of the author's follows. */
    let waiting: string[] = []
    for (const line of lines) {
      const opens = line.endsWith(fields)
      const frame = opens ? line.slice(0, -fields.length) : line
      if (isBuiltin(frame)) waiting.push(frame)
      else if (isPlaced(frame)) {
        const mapped = mapFrame(frame)
        if (mapped !== undefined) kept.push(...waiting.splice(0), mapped)
      } else {
        waiting = []
        kept.push(line)
        continue
      }
      if (opens) kept.push(`${kept.pop() ?? ''}${fields}`)
    }
    return kept
  }

  return { map: (text) => (text.includes('    at ') ? mapLines(text.split('\n')).join('\n') : text) }
}
