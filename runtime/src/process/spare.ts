/**
 * A sandbox process that belongs to nobody yet: started ahead of time, handed to a tenant in no time, and replaced.
 * When processes fail to start, the next try waits longer each time.
 */
import type { ProcessExit, SandboxProcess } from './sandbox-process.ts'

export interface SpareFailure {
  detail: string
  retryInMs: number
}

interface Options {
  /** Starts a process. `ready` is called at most once; `gone` when it has ended, if it was not taken before. */
  start(outcome: { ready: () => void; gone: (exit: ProcessExit) => void }): SandboxProcess
  /** A spare can be taken. */
  ready(): void
  failed(failure: SpareFailure): void
}

export class Spare {
  readonly #options: Options
  #process: SandboxProcess | undefined
  #isReady = false
  #isClosed = false
  #failures = 0
  #timer: NodeJS.Timeout | undefined

  constructor(options: Options) {
    this.#options = options
    this.#start()
  }

  /** Whether one is starting or ready. */
  get hasProcess(): boolean {
    return this.#process !== undefined
  }

  get isReady(): boolean {
    return this.#isReady
  }

  /** Hands it over and starts the next, or answers `undefined` while there is none: `ready` will be called. */
  take(): SandboxProcess | undefined {
    if (!this.#isReady) return undefined
    const taken = this.#process
    this.#process = undefined
    this.#isReady = false
    // After the caller's run is on its way.
    setImmediate(() => this.#start())
    return taken
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#process?.end('closed')
  }

  #start() {
    if (this.#isClosed) return
    const process = this.#options.start({ ready: () => this.#ready(), gone: (exit) => this.#gone(exit) })
    this.#process = process
    this.#timer = setTimeout(() => process.end('exit'), startMs)
  }

  #ready() {
    clearTimeout(this.#timer)
    this.#failures = 0
    this.#isReady = true
    this.#options.ready()
  }

  #gone({ code, signal, lastWords }: ProcessExit) {
    clearTimeout(this.#timer)
    this.#process = undefined
    this.#isReady = false
    if (this.#isClosed) return
    const retryInMs = Math.min(firstRetryMs * 2 ** this.#failures, longestRetryMs)
    this.#failures += 1
    this.#timer = setTimeout(() => this.#start(), retryInMs)
    this.#options.failed({ detail: lastWords.trim() || `It ended with ${signal ?? `code ${code}`}.`, retryInMs })
  }
}

/** Ready takes about 100 ms; a machine that needs 10 s is in trouble of another kind. */
const startMs = 10_000
const firstRetryMs = 100
const longestRetryMs = 10_000
