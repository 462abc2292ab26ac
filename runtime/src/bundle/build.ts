/**
 * Author source to artifact. The rules, in order:
 *
 * - the source is measured before anything reads it
 * - JavaScript stays what it is: sloppy-mode CommonJS as written, ES modules as CommonJS; TypeScript loses its types
 * - nothing is resolved or bundled, so no file of the host can get in
 * - a text that is neither is reported as the language it got further with; one that has met a limit is not tried again
 */
import { createHash } from 'node:crypto'
import { type BuildLimits, naming } from '../limits.ts'
import type { Artifact, BuildMessage, Compilation } from './artifact.ts'
import { parseCompilerMessages } from './compiler-messages.ts'
import { type CompilerEnd, runCompiler } from './compiler-process.ts'
import { type Loader, sourceArguments } from './source-arguments.ts'

export interface BuildInput {
  source: string
  language: 'auto' | 'javascript' | 'typescript'
  limits: BuildLimits
  /** What the compiler is started under: a command line that becomes the one behind it. */
  wrap?: readonly string[]
}

type Refusal = Extract<Compilation, { ok: false }>

const fileNames = { js: 'action.js', ts: 'action.ts' } as const satisfies Record<Loader, string>
const loaders = { auto: ['js', 'ts'], javascript: ['js'], typescript: ['ts'] } as const satisfies Record<
  BuildInput['language'],
  Loader[]
>

/** Output holds its inline source map: base64 of about the size of the code. */
const outputFactor = 3

const refuse = (file: string, text: string): Refusal => ({ ok: false, errors: [{ text, file }], warnings: [] })

/**
 * The source as esbuild may read it. A hashbang would not be first any more inside the module's function. Of several
 * `sourceMappingURL` comments esbuild believes the last; an empty one makes it forget the author's.
 */
const prepare = (source: string): string => {
  const text = source.startsWith('#!') ? `//${source.slice(2)}` : source
  return text.includes('sourceMappingURL') ? `${text}\n//# sourceMappingURL= ` : text
}

/** ES modules are strict, and esbuild leaves it at that. The first line is its own: no position of the author's moves. */
const keepStrict = (code: string): string =>
  code.startsWith('var __defProp = ') && code.includes(conversionMark) ? `"use strict";${code}` : code
/** How esbuild exports what was an ES module: it names the object after the file. */
const conversionMark = '\nmodule.exports = __toCommonJS(action_exports);\n'

/** Splits esbuild's output into code and source map; the map is its last comment. */
const toArtifact = (output: string, fileName: string): Artifact => {
  const mark = '//# sourceMappingURL=data:application/json;base64,'
  const at = output.lastIndexOf(mark)
  const code = keepStrict(output.slice(0, at))
  const sourceMap = Buffer.from(output.slice(at + mark.length).trim(), 'base64').toString('utf8')
  return { hash: createHash('sha256').update(code).digest('hex'), code, sourceMap, fileName }
}

type Excess = Exclude<CompilerEnd['end'], 'compiled' | 'refused'>

const reasons = {
  'exceeded-wall': ({ buildMs }, tookMs) =>
    `The build took longer than ${buildMs} ms ${naming('buildMs', tookMs)} and was ended.`,
  'exceeded-cpu': ({ buildMs }) => `The compiler used more processor time than ${buildMs} ms ${naming('buildMs')}.`,
  'exceeded-output': ({ artifactBytes }, reached) =>
    `The compiled code is larger than ${artifactBytes} bytes ${naming('artifactBytes', reached)}.`,
  'exceeded-memory': ({ buildMb }) => `The compiler needed more than ${buildMb} MB of memory ${naming('buildMb')}.`,
} satisfies Record<Excess, (limits: BuildLimits, reached?: number) => string>

/** `isFinal`: a limit has ended it, and another try would only meet it again. */
type Attempt = Compilation & { isFinal?: true }

const buildAs = async (loader: Loader, input: BuildInput, startedAt: number): Promise<Attempt> => {
  const { source, limits, wrap = [] } = input
  const fileName = fileNames[loader]
  const compiled = await runCompiler({
    source: prepare(source),
    args: sourceArguments(loader, fileName),
    wrap,
    wallMs: Math.max(1, limits.buildMs - (performance.now() - startedAt)),
    memoryMb: limits.buildMb,
    outputBytes: limits.artifactBytes * outputFactor,
  })
  if (compiled.end !== 'compiled' && compiled.end !== 'refused') {
    const reached = compiled.end === 'exceeded-wall' ? performance.now() - startedAt : undefined
    return { ...refuse(fileName, reasons[compiled.end](limits, reached)), isFinal: true }
  }

  const { errors, warnings } = parseCompilerMessages(compiled.messages, source, fileName)
  if (compiled.end === 'refused')
    return errors.length > 0 ? { ok: false, errors, warnings } : refuse(fileName, 'The compiler refused this source.')

  const artifact = toArtifact(compiled.output, fileName)
  const bytes = Buffer.byteLength(artifact.code)
  if (bytes > limits.artifactBytes)
    return { ...refuse(fileName, reasons['exceeded-output'](limits, bytes)), isFinal: true }
  return { ok: true, artifact, packages: [], warnings }
}

/** How far the compiler came before it refused. */
const isFurther = ([one]: BuildMessage[], [other]: BuildMessage[]): boolean => {
  const lines = (one?.line ?? 0) - (other?.line ?? 0)
  return lines === 0 ? (one?.column ?? 0) > (other?.column ?? 0) : lines > 0
}

/** Rejects only for faults of ours; what the author did wrong is in the result. */
export const buildArtifact = async (input: BuildInput): Promise<Compilation> => {
  const { source, language, limits } = input
  const bytes = Buffer.byteLength(source)
  if (bytes > limits.sourceBytes)
    return refuse('action.js', `The source has more than ${limits.sourceBytes} bytes ${naming('sourceBytes', bytes)}.`)
  const startedAt = performance.now()
  const [first, second] = loaders[language]
  const { isFinal, ...result } = await buildAs(first, input, startedAt)
  if (result.ok || isFinal || second === undefined) return result
  const { isFinal: hasMetLimit, ...alternative } = await buildAs(second, input, startedAt)
  if (alternative.ok || hasMetLimit) return alternative
  return isFurther(alternative.errors, result.errors) ? alternative : result
}
