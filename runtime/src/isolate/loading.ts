/** What the guest's watch has seen while a module was loaded (guest/preparation/purity-watch.ts), and what may be done with it then. */
import type ivm from 'isolated-vm'
import { pureCalls } from '../bridge/call.ts'
import type { Watched } from '../bridge/guest-door.ts'
import { answerPure, nameOfCall } from './answer-call.ts'
import { isHarmlessRead } from './clock-readers.ts'
import type { Module } from './run.ts'
import { openWorld } from './world.ts'

export interface Loading {
  /** Before there is a run, into the context that waits for it. `ahead-of-clock`: not long before. */
  ahead: 'always' | 'ahead-of-clock' | 'never'
  /** Why its state must not be shared by all runs, as a snapshot would; absent where it may. */
  impure?: string
  /** What its text names, for `World.load`. */
  mentions: readonly string[]
  /** What it has asked the host and is told the same each time, by the question. */
  answers: Record<string, string>
}

interface Watching {
  isolate: ivm.Isolate
  script: ivm.Script
  module: Module
  timeoutMs: number
}

/** Loads the module in a world that nothing runs in afterwards. `undefined` when it does not load. */
export const watchLoading = ({ isolate, script, module, timeoutMs }: Watching): Loading | undefined => {
  const world = openWorld(isolate, script)
  const asked = new Set<string>()
  const answers: Loading['answers'] = {}
  world.answerWith((json) => {
    const name = nameOfCall(json)
    const answer = answerPure(json)
    if (pureCalls.has(name) && typeof json === 'string') answers[json] = answer
    else asked.add(name)
    return answer
  })
  const entry = world.enter('watch', [], timeoutMs)
  world.release()
  const watched = entry.type === 'returned' ? parseWatched(entry.value) : undefined
  if (!watched) return undefined
  const { mentions } = watched
  return { ...judge({ ...watched, names: [...watched.names, ...asked] }, module), mentions, answers }
}

const judge = ({ names, clockReads }: Watched, module: Module): Omit<Loading, 'answers' | 'mentions'> => {
  const harmful = clockReads.filter((frame) => !isHarmlessRead(frame, module))
  const used = [...names, ...(harmful.length > 0 ? ['Date.now'] : [])]
  const impure = used.length > 0 ? { impure: `Loading it uses ${used.join(', ')}.` } : {}
  if (names.some((name) => !shareable.has(name))) return { ahead: 'never', ...impure }
  return { ahead: names.includes('Date') || clockReads.length > 0 ? 'ahead-of-clock' : 'always', ...impure }
}

/** Each context draws numbers and knows its global object; the clock is a matter of age. */
const shareable: ReadonlySet<string> = new Set(['Date', 'Math.random', 'WeakMap of globalThis'])

const parseWatched = (value: unknown): Watched | undefined => {
  try {
    const { names, clockReads, mentions } = JSON.parse(String(value))
    return [names, clockReads, mentions].every(isTexts) ? { names, clockReads, mentions } : undefined
  } catch {
    return undefined
  }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= 128 && value.every((text) => typeof text === 'string')
