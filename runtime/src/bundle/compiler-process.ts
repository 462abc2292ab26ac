/**
 * One disposable esbuild process for each piece of work. Its author does not promise that it ends, or how much memory it
 * takes, for hostile input; so it gets source on stdin, no environment, limits of the operating system, and SIGKILL. Where
 * it has to read packages, their folder is all it can see.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, link } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

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
const messageBytes = 262_144

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

/** Collects a stream up to `maximum` bytes; `onExcess` is told once. */
const collect = (stream: NodeJS.ReadableStream, maximum: number, onExcess: () => void) => {
  const chunks: Buffer[] = []
  let bytes = 0
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= maximum) chunks.push(chunk)
    else onExcess()
  })
  return () => Buffer.concat(chunks).toString('utf8')
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
export const runCompiler = (input: CompilerInput): Promise<CompilerEnd> =>
  new Promise((resolve, reject) => {
    const [file, args] = commandFor(input)
    const cwd = input.workplace?.folder ?? '/'
    const child = spawn(file, args, { cwd, env: environment, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
    child.once('error', reject)
    // Not started: the error follows. Without file descriptors there are no streams either, whatever the types say.
    if (child.pid === undefined) return
    let killedFor: 'exceeded-wall' | 'exceeded-output' | undefined

    const kill = (reason: typeof killedFor) => {
      if (killedFor !== undefined || child.pid === undefined) return
      killedFor = reason
      try {
        // The whole group: esbuild must not outlive the shell.
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        child.kill('SIGKILL')
      }
    }
    const deadline = setTimeout(kill, input.wallMs, 'exceeded-wall')
    const output = collect(child.stdout, input.outputBytes, () => kill('exceeded-output'))
    const messages = collect(child.stderr, messageBytes, () => {})

    child.once('close', (code) => {
      clearTimeout(deadline)
      if (killedFor !== undefined) resolve({ end: killedFor })
      else if (code === 0) resolve({ end: 'compiled', output: output(), messages: messages() })
      else if (code === 1)
        resolve(notWritten.test(messages()) ? { end: 'exceeded-output' } : { end: 'refused', messages: messages() })
      else if (code !== null && notStarted.has(code)) reject(new Error(`esbuild did not start: ${messages()}`))
      else resolve({ end: outOfMemory.test(messages()) ? 'exceeded-memory' : 'exceeded-cpu' })
    })
    // A compiler that died early closes its end: its exit says more than this error.
    child.stdin.on('error', () => {})
    child.stdin.end(input.source)
  })
