/**
 * The list of what a handler asked for. Commands hold copies only, so what the author changes afterwards changes nothing.
 * After `seal` everything is dropped.
 */
import type { Command } from '../bridge/command.ts'
import { codedError } from './coded-error.ts'
import { add, bare, createList, ErrorClass, type List, min, stringifyJson } from './primordials.ts'
import { quota } from './quota.ts'
import { byteLength } from './utf8.ts'

export interface Recorder {
  /** A run's limit where it is lower than what any run may issue. */
  allow(outputBytes: number): void
  /** Throws beyond the quota; the run then ends with `exceeded-output` even when the author catches it. */
  record(command: Command): void
  /** As `record`, but answers whether there was room; what did not fit costs the author nothing else. */
  offer(command: Command): boolean
  /** Throws an error that ends the run even when the author catches it: contradictory commands must not take effect. */
  abort(message: string): never
  warn(text: string): void
  seal(): Recorded
}

export interface Recorded {
  commands: List<Command>
  warnings: List<string>
  /** Set by `abort`. */
  fatal: Error | undefined
  /** Set by `record`: what was exceeded. */
  exceeded: string | undefined
}

export const createRecorder = (): Recorder => {
  const commands = createList<Command>()
  const warnings = createList<string>()
  let maximumBytes: number = quota.commandBytes
  let bytes = 0
  let sealed = false
  let fatal: Error | undefined
  let exceeded: string | undefined

  /** Takes the command in, or says which quota it would exceed. */
  const take = (command: Command): string | undefined => {
    if (commands.length >= quota.commands)
      return `A run may issue at most ${quota.commands} commands (reached: ${commands.length + 1}).`
    const size = byteLength(stringifyJson(bare(command)) as string)
    if (bytes + size > maximumBytes) {
      const name = maximumBytes < quota.commandBytes ? 'limit "outputBytes", ' : ''
      return `The commands of a run may take at most ${maximumBytes} bytes as JSON (${name}reached: ${bytes + size} bytes).`
    }
    bytes += size
    add(commands, command)
    return undefined
  }

  return {
    allow: (outputBytes) => {
      maximumBytes = min(outputBytes, quota.commandBytes)
    },
    record: (command) => {
      if (sealed) return
      const excess = take(command)
      if (excess === undefined) return
      exceeded = excess
      throw codedError(excess, 'ERR_COMMANDS_EXCEEDED')
    },
    offer: (command) => !sealed && take(command) === undefined,
    abort: (message) => {
      fatal ??= new ErrorClass(message)
      throw fatal
    },
    warn: (text) => {
      if (!sealed) add(warnings, text)
    },
    seal: () => {
      sealed = true
      return { commands, warnings, fatal, exceeded }
    },
  }
}
