/**
 * Gives every tenant a sandbox process of its own, for the process's whole life, out of a bounded number of them.
 *
 * - a blank spare waits warm, so that a cold tenant starts at once;
 * - when all places are taken, the longest unused idle process makes room; when none is idle, one that takes no further
 *   work, of the tenant with the most processes, if that has several; else the work waits;
 * - a process that ended a run badly, or has served long enough, takes no further work and goes with its last run.
 *
 * Places are given and work is handed over in one synchronous step: no two decisions can interleave.
 */
import type { Inspected } from '../bridge/guest-door.ts'
import { endingError } from '../errors.ts'
import { type Module, type Run, type RunEnd, unfinished } from '../isolate/run.ts'
import type { RunLimits } from '../limits.ts'
import type { EndReason, Observer } from '../observer.ts'
import { Admission } from './admission.ts'
import { readContention } from './contention.ts'
import type { Launcher } from './launcher.ts'
import type { ProcessExit, SandboxProcess, Surroundings } from './sandbox-process.ts'
import { Spare, type SpareFailure } from './spare.ts'
import { WaitingList } from './waiting-list.ts'

/** A piece of work for one tenant: exactly one of its functions is called, once. */
interface Work {
  tenant: string
  start(process: SandboxProcess): void
  /** `message` says more than the ending does. */
  refuse(why: 'canceled' | 'throttled', message?: string): void
}

interface Waiting extends Work {
  timer: NodeJS.Timeout
}

export type RunOrder = Omit<Run, 'contention'>

interface Options {
  launcher: Launcher
  /** Processes that belong to tenants, at most. */
  capacity: number
  observer: Observer
}

export class Supervisor {
  readonly #options: Options
  readonly #spare: Spare
  /** Whose process takes new work; the longest unused first. */
  readonly #current = new Map<string, SandboxProcess>()
  /** Every process that has not exited, and whose it is. */
  readonly #living = new Map<SandboxProcess, string | undefined>()
  readonly #waiting = new WaitingList<Waiting>()
  readonly #admission: Admission
  readonly #started = Promise.withResolvers<void>()
  readonly #closed = Promise.withResolvers<void>()
  #isClosed = false

  constructor(options: Options) {
    this.#options = options
    this.#admission = new Admission(options.observer)
    this.#spare = new Spare({
      start: (outcome) => this.#launch(outcome),
      ready: () => {
        this.#started.resolve()
        this.#serveWaiting()
      },
      failed: (failure) => this.#failed(failure),
    })
  }

  /** Resolves with the first process that is ready; rejects when the first one fails. */
  get started(): Promise<void> {
    return this.#started.promise
  }

  run(tenant: string, order: { module: Module; run: RunOrder } & Surroundings): Promise<RunEnd> {
    const { promise, resolve } = Promise.withResolvers<RunEnd>()
    const { module, run, ...around } = order
    const refuse: Work['refuse'] = (why, message) =>
      resolve(unfinished(why, { ...endingError(why, run.limits), ...(message && { message }) }))
    const admitted = this.#admission.admit(tenant, run.limits.runsPerMinute)
    if (admitted.ok) void promise.then(({ ending }) => admitted.ended(ending))
    const start = (process: SandboxProcess) =>
      around.signal?.aborted
        ? refuse('canceled')
        : resolve(process.run(module, { ...run, contention: readContention() }, around))
    if (admitted.ok) this.#serve({ tenant, start, refuse })
    else refuse('throttled', admitted.message)
    return promise
  }

  inspect(tenant: string, module: Module, limits: RunLimits): Promise<Inspected> {
    const { promise, resolve } = Promise.withResolvers<Inspected>()
    this.#serve({
      tenant,
      start: (process) => resolve(process.inspect(module, limits)),
      refuse: (why, message) =>
        resolve({ ok: false, error: { ...endingError(why, limits), ...(message && { message }) } }),
    })
    return promise
  }

  /** Ends every process; what is in flight or waits is canceled. Resolves when all of them have exited. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const { timer, refuse } of this.#waiting.takeAll()) {
      clearTimeout(timer)
      refuse('canceled')
    }
    this.#spare.close()
    for (const process of this.#living.keys()) process.end('closed')
    if (this.#living.size > 0) await this.#closed.promise
  }

  #serve(work: Work) {
    if (this.#isClosed) return work.refuse('canceled')
    const process = this.#place(work.tenant)
    if (process) return work.start(process)
    const giveUp = () => {
      this.#waiting.delete(waiting)
      work.refuse('throttled')
    }
    const waiting: Waiting = { ...work, timer: setTimeout(giveUp, longestWaitMs) }
    this.#waiting.add(waiting)
  }

  #serveWaiting() {
    this.#waiting.serve(
      (tenant) => this.#place(tenant),
      ({ timer, start }, process) => {
        clearTimeout(timer)
        start(process)
      },
    )
  }

  /** The tenant's process if it can take work now; makes room for one otherwise, and is called again when there is. */
  #place(tenant: string): SandboxProcess | undefined {
    const current = this.#current.get(tenant)
    if (current) {
      if (!current.hasRoom) return undefined
      this.#current.delete(tenant)
      this.#current.set(tenant, current)
      return current
    }
    if (!this.#hasPlace()) return undefined
    const fresh = this.#spare.take()
    if (!fresh) return undefined
    this.#current.set(tenant, fresh)
    this.#living.set(fresh, tenant)
    return fresh
  }

  #hasPlace(): boolean {
    const owned = [...this.#living].filter(([, tenant]) => tenant !== undefined)
    if (owned.length < this.#options.capacity) return true
    // One that is on its way out makes room by itself.
    if (owned.some(([process]) => process.isOver)) return false
    const [, idle] = [...this.#current].find(([, process]) => process.isEmpty) ?? []
    const leaving = idle ?? this.#findLingering(owned)
    leaving?.end('evicted')
    return false
  }

  /** Without this a tenant could take every place: by runs that wait, in processes that it spends one after the other. */
  #findLingering(owned: readonly [SandboxProcess, string | undefined][]): SandboxProcess | undefined {
    const held = Map.groupBy(owned, ([, tenant]) => tenant)
    const processesOf = (tenant: string | undefined) => held.get(tenant)?.length ?? 0
    // A tenant's only process has served its time and ends by itself: nobody's runs are cut off for that.
    const lingering = owned.filter(
      ([process, tenant = '']) => this.#current.get(tenant) !== process && processesOf(tenant) > 1,
    )
    return lingering.toSorted(([, one], [, other]) => processesOf(other) - processesOf(one))[0]?.[0]
  }

  #launch(outcome: { ready: () => void; gone: (exit: ProcessExit) => void }): SandboxProcess {
    const process: SandboxProcess = this.#options.launcher.launch({
      ready: outcome.ready,
      freed: () => this.#freed(process),
      exited: (exit) => {
        const tenant = this.#living.get(process)
        this.#freed(process)
        this.#living.delete(process)
        this.#options.observer.processEnded?.({ tenant, pid: process.pid, ...exit })
        if (tenant === undefined) outcome.gone(exit)
        else if (losses.has(exit.reason)) this.#lost(tenant)
        if (this.#isClosed && this.#living.size === 0) this.#closed.resolve()
        this.#serveWaiting()
      },
    })
    this.#living.set(process, undefined)
    this.#options.observer.processStarted?.(process.pid)
    return process
  }

  #freed(process: SandboxProcess) {
    const tenant = this.#living.get(process)
    if (!process.isFit && tenant !== undefined) {
      if (this.#current.get(tenant) === process) this.#current.delete(tenant)
      if (process.isEmpty) process.end('recycled')
    }
    this.#serveWaiting()
  }

  #lost(tenant: string) {
    const refusal = this.#admission.lost(tenant)
    if (refusal === undefined) return
    for (const { timer, refuse } of this.#waiting.takeAll(tenant)) {
      clearTimeout(timer)
      refuse('throttled', refusal)
    }
  }

  #failed(failure: SpareFailure) {
    this.#options.observer.processFailed?.(failure)
    this.#started.reject(new Error(`A sandbox process could not be started: ${failure.detail}`))
  }
}

/** Ends that the tenant's own code has brought about. */
const losses: ReadonlySet<EndReason> = new Set([
  'exceeded-cpu',
  'exceeded-wall',
  'exceeded-memory',
  'not-idle',
  'broke-protocol',
  'exit',
])

/** How long work waits for a place before it is refused: a user is waiting too. */
const longestWaitMs = 10_000
