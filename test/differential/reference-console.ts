/** Node's own Console, captured: what it writes, and the level at which it was asked to. */
import { Console } from 'node:console'
import { Writable } from 'node:stream'
import type { LegEnd } from './story.ts'

const levels = ['debug', 'log', 'info', 'warn', 'error'] as const
type Level = (typeof levels)[number]

export interface CapturedConsole {
  console: Console
  lines: LegEnd['console']
  /** What is written directly to a stream, without its line end. */
  write(level: Level, text: string): void
}

export const captureConsole = (): CapturedConsole => {
  const lines: LegEnd['console'] = []
  let asked: Level | undefined

  const streamOf = (usual: Level) =>
    new Writable({
      decodeStrings: false,
      write: (text: string, _, done) => {
        lines.push({ level: asked ?? usual, text: text.replace(/\n$/, '') })
        done()
      },
    })
  const console = new Console({ stdout: streamOf('log'), stderr: streamOf('error') })

  // Methods of a Console call each other through `this`: the innermost one says the level.
  for (const level of levels) {
    const method = console[level].bind(console)
    console[level] = (...args) => {
      const before = asked
      asked = level
      try {
        method(...args)
      } finally {
        asked = before
      }
    }
  }
  return { console, lines, write: (level, text) => void lines.push({ level, text: text.replace(/\n$/, '') }) }
}
