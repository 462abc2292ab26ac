/**
 * A process for one piece of hostile work: it gets its input at once, no environment, and is ended with SIGKILL, together
 * with whatever it has started, when it takes too long or says too much.
 */
import { spawn } from 'node:child_process'

export interface DisposableWork {
  command: string
  args: readonly string[]
  folder: string
  environment: Readonly<Record<string, string>>
  input: string
  wallMs: number
  /** Of what it prints on standard output. */
  outputBytes: number
}

export type DisposableEnd =
  /** `code` is null where a signal ended it that did not come from here. */
  | { end: 'exited'; code: number | null; output: string; messages: string }
  | { end: 'exceeded-wall' | 'exceeded-output' }

const messageBytes = 262_144

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

/** Rejects only when the process cannot be started. */
export const runDisposable = (work: DisposableWork): Promise<DisposableEnd> =>
  new Promise((resolve, reject) => {
    const child = spawn(work.command, work.args, {
      cwd: work.folder,
      env: work.environment,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    child.once('error', reject)
    // Not started: the error follows. Without file descriptors there are no streams either, whatever the types say.
    if (child.pid === undefined) return
    let killedFor: 'exceeded-wall' | 'exceeded-output' | undefined

    const kill = (reason: NonNullable<typeof killedFor>) => {
      if (killedFor !== undefined || child.pid === undefined) return
      killedFor = reason
      try {
        // The whole group: nothing may outlive the command that it was wrapped in.
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        child.kill('SIGKILL')
      }
    }
    const deadline = setTimeout(kill, work.wallMs, 'exceeded-wall')
    const output = collect(child.stdout, work.outputBytes, () => kill('exceeded-output'))
    const messages = collect(child.stderr, messageBytes, () => {})

    child.once('close', (code) => {
      clearTimeout(deadline)
      if (killedFor !== undefined) resolve({ end: killedFor })
      else resolve({ end: 'exited', code, output: output(), messages: messages() })
    })
    // One that died early closes its end: its exit says more than this error.
    child.stdin.on('error', () => {})
    child.stdin.end(work.input)
  })
