/** Starts a sandbox process: confined, with an empty environment, its program on standard input, its messages on fd 3. */
import { type ChildProcess, spawn } from 'node:child_process'
import { Socket } from 'node:net'
import type { ChildProgram } from './child-program.ts'
import type { Confinement } from './confinement.ts'

export interface Spawned {
  child: ChildProcess
  socket: Socket
  /** The beginning of what it wrote to standard error: V8's last words when it runs out of memory. */
  lastWords(): string
}

/** Never throws: where the operating system cannot start a process, `child` reports an error afterwards. */
export const spawnChild = (program: ChildProgram, confinement: Confinement): Spawned => {
  const [command, ...args] = confinement.commandFor(program.binary)
  const child = spawn(command, args, {
    cwd: '/',
    env: {},
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    // A process group of its own: Ctrl-C in the server's terminal is the server's business alone.
    detached: true,
  })
  // Without file descriptors there is no process and, whatever the types say, no stream.
  const { stdin, stderr, stdio = [] } = child as Partial<ChildProcess>
  const socket = (stdio[3] ?? new Socket()) as Socket
  let words = ''
  stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    if (words.length < lastWordsLength) words += chunk.slice(0, lastWordsLength - words.length)
  })
  // A process that dies while it is written to is seen by its exit.
  for (const stream of [stdin, stderr, socket]) stream?.on('error', () => {})
  stdin?.end(program.code)
  return { child, socket, lastWords: () => words }
}

const lastWordsLength = 4_096
