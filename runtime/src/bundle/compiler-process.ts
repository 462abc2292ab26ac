/**
 * One disposable esbuild process for each piece of work. Its author does not promise that it ends, or how much memory it
 * takes, for hostile input; so it gets source on stdin, no environment, limits of the operating system, and SIGKILL. Where
 * it has to read packages, their folder is all it can see.
 */
import { existsSync } from 'node:fs'
import { copyFile, link } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { runDisposable } from '../disposable-process.ts'

export interface CompilerInput {
  source: string
  /** esbuild's. */
  args: readonly string[]
  wallMs: number
  memoryMb: number
  /** Of what it prints, and of each file it writes. */
  outputBytes: number
  /** A command line that becomes the one behind it. */
  wrap: readonly string[]
  /** Where it works; without it nothing is read or written but its standard streams. */
  workplace?: Workplace
}

export interface Workplace {
  /** Its working folder. */
  folder: string
  /** A command line that makes the folder the root of all that can be seen, where the system can do that. */
  enclose?: readonly string[]
}

/** What a compiler is given, whatever it compiles. */
export type CompilerLimits = Pick<CompilerInput, 'wallMs' | 'memoryMb' | 'outputBytes' | 'wrap'>

export type CompilerEnd =
  | { end: 'compiled'; output: string; messages: string }
  | { end: 'refused'; messages: string }
  | { end: 'exceeded-wall' | 'exceeded-output' | 'exceeded-memory' | 'exceeded-cpu' }

/**
 * Address space that the Go runtime reserves when it starts, and does not use. Seen: it starts with 1.25 GB and above, not
 * with all of what is less; resident memory then ends within a tenth of what comes on top.
 */
const reservedMb = 1_280

const binary = (): string => {
  const { platform, arch } = process
  const packageOf = createRequire(createRequire(import.meta.url).resolve('esbuild'))
  return packageOf.resolve(`@esbuild/${platform}-${arch}/${platform === 'win32' ? 'esbuild.exe' : 'bin/esbuild'}`)
}

const shell = '/bin/sh'

/** What the compiler is called where its working folder is all there is. */
const enclosedName = 'compiler'

/** Puts the compiler where it can still be seen when the folder is all there is. */
export const bringCompiler = async (folder: string): Promise<void> => {
  const target = join(folder, enclosedName)
  // Another file system cannot share the file.
  await link(binary(), target).catch(() => copyFile(binary(), target))
}

const compilerCommand = ({ args, workplace }: CompilerInput): string[] =>
  workplace?.enclose ? [...workplace.enclose, `/${enclosedName}`, ...args] : [binary(), ...args]

/** On Linux a shell sets the limits and then becomes esbuild; where that cannot be, the wall clock alone has to do. */
const commandFor = (input: CompilerInput): [file: string, args: string[]] => {
  const { wallMs, memoryMb, outputBytes, wrap, workplace } = input
  const compiler = compilerCommand(input)
  if (process.platform !== 'linux' || !existsSync(shell)) return [compiler[0] ?? '', compiler.slice(1)]
  const cpuSeconds = Math.ceil(wallMs / 1_000)
  const addressSpaceKiB = (reservedMb + memoryMb) * 1_024
  const fileBlocks = workplace ? Math.ceil(outputBytes / 512) : 0
  const limits = `ulimit -c 0; ulimit -t ${cpuSeconds}; ulimit -v ${addressSpaceKiB}; ulimit -f ${fileBlocks}; exec "$0" "$@"`
  const [file = '', ...args] = [...wrap, shell, '-c', limits, ...compiler]
  return [file, args]
}

/** Exit codes of a shell that could not start the program. */
const notStarted = new Set([126, 127])

/** Go says so before it gives up; a stack that grows beyond its bound is memory too. */
const outOfMemory = /out of memory|cannot allocate|stack overflow|stack exceeds/

/** A file met its limit. */
const notWritten = /^✘ \[ERROR\] Failed to write to output file/m

/** One compiler uses one core: its collector must not take the others. */
const environment = { GOMAXPROCS: '1' }

/** Rejects only when the compiler cannot be started. */
export const runCompiler = async (input: CompilerInput): Promise<CompilerEnd> => {
  const [command, args] = commandFor(input)
  const folder = input.workplace?.folder ?? '/'
  const { source, wallMs, outputBytes } = input
  const ended = await runDisposable({ command, args, folder, environment, input: source, wallMs, outputBytes })
  if (ended.end !== 'exited') return ended
  const { code, output, messages } = ended
  if (code === 0) return { end: 'compiled', output, messages }
  if (code === 1) return notWritten.test(messages) ? { end: 'exceeded-output' } : { end: 'refused', messages }
  if (code !== null && notStarted.has(code)) throw new Error(`esbuild did not start: ${messages}`)
  return { end: outOfMemory.test(messages) ? 'exceeded-memory' : 'exceeded-cpu' }
}
