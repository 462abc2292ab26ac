/** The command `interlock` as a process, started the way an author does. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../runtime/bin/interlock.mjs', import.meta.url))

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface StartedCommand {
  child: ChildProcess
  /** Everything it has written so far. */
  output(): string
  /** Resolves when it has written the text, after what earlier calls have seen; rejects when it ends before. */
  wrote(text: string): Promise<void>
  ended: Promise<Ended>
}

interface Place {
  cwd?: string
  env?: Record<string, string>
}

export const startInterlock = (
  args: readonly string[],
  { cwd = process.cwd(), env = {} }: Place = {},
): StartedCommand => {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const written = { stdout: '', stderr: '', all: '' }
  let seen = 0
  let news = Promise.withResolvers<void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (text) => {
      written[name] += String(text)
      written.all += String(text)
      news.resolve()
      news = Promise.withResolvers()
    })
  }
  const ended = once(child, 'close').then(([code]) => ({ code, stdout: written.stdout, stderr: written.stderr }))
  let isOver = false
  void ended.then(() => {
    isOver = true
    news.resolve()
  })
  return {
    child,
    output: () => written.all,
    wrote: async (text) => {
      for (;;) {
        const at = written.all.indexOf(text, seen)
        if (at !== -1) {
          seen = at + text.length
          return
        }
        if (isOver) throw new Error(`It ended without writing "${text}":\n${written.all}`)
        await news.promise
      }
    },
    ended,
  }
}

export const interlock = (args: readonly string[], place?: Place): Promise<Ended> => startInterlock(args, place).ended
