/**
 * Takes runs for tenants and sees that each of them is answered, once: admitted or refused, placed or left waiting.
 *
 * - a tenant's runs under way are limited; what is beyond waits behind its own runs, in a queue that is bounded in length and
 *   time, and keeps nobody else waiting;
 * - who waits for a process takes turns with the other tenants.
 *
 * Places are given and work is handed over in one synchronous step: no two decisions can interleave.
 */
import { endingError } from '../errors.ts'
import { type Inspection, type Module, type Run, type RunEnd, unfinished } from '../isolate/run.ts'
import type { RunLimits } from '../limits.ts'
import type { EndReason, Observer, SandboxUsage } from '../observer.ts'
import { Admission } from './admission.ts'
import { readContention } from './contention.ts'
import type { Launcher } from './launcher.ts'
import { Placement } from './placement.ts'
import type { Surroundings } from './run-flight.ts'
import type { ProcessExit, SandboxProcess } from './sandbox-process.ts'
import type { SpareFailure } from './spare.ts'
import { WaitingList } from './waiting-list.ts'

/** A piece of work for one tenant: exactly one of its functions is called, once. */
interface Work {
  tenant: string
  concurrentRuns: number
  signal?: AbortSignal | undefined
  start(process: SandboxProcess): void
  /** `message` says more than the ending does. */
  refuse(why: 'canceled' | 'throttled', message?: string): void
}

interface Waiting extends Work {
  /** It waits no longer. */
  leave(): void
}

export type RunOrder = Omit<Run, 'contention'>

interface Options {
  launcher: Launcher
  /** Processes that take work for tenants, at most. */
  capacity: number
  /** What all sandbox processes together may take of the machine's memory. */
  memoryBytes: number
  /** Blank processes that wait for whoever comes next. */
  spares: number
  observer: Observer
}

export class Supervisor {
  readonly #observer: Observer
  readonly #placement: Placement
  readonly #waiting = new WaitingList<Waiting>()
  readonly #admission: Admission
  readonly #started = Promise.withResolvers<void>()
  #lookAgain: NodeJS.Timeout | undefined
  #isServing = false
  #isClosed = false

  constructor({ observer, ...options }: Options) {
    this.#observer = observer
    this.#admission = new Admission(observer)
    this.#placement = new Placement({
      ...options,
      started: (pid) => observer.processStarted?.(pid),
      ready: () => this.#started.resolve(),
      changed: () => this.#serveWaiting(),
      ended: (process, end) => this.#ended(process, end),
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
    const { concurrentRuns, runsPerMinute } = run.limits
    const refuse: Work['refuse'] = (why, message) =>
      resolve(unfinished(why, { ...endingError(why, run.limits), ...(message && { message }) }))
    const admitted = this.#admission.admit(tenant, runsPerMinute)
    if (admitted.ok && admitted.ended) void promise.then(({ ending }) => admitted.ended?.(ending))
    const start = (process: SandboxProcess) =>
      void process.run(module, { ...run, contention: readContention() }, around).then(resolve)
    if (admitted.ok) this.#serve({ tenant, concurrentRuns, signal: around.signal, start, refuse })
    else refuse('throttled', admitted.message)
    return promise
  }

  inspect(tenant: string, module: Module, limits: RunLimits): Promise<Inspection> {
    const { promise, resolve } = Promise.withResolvers<Inspection>()
    this.#serve({
      tenant,
      concurrentRuns: limits.concurrentRuns,
      start: (process) => resolve(process.inspect(module, limits)),
      refuse: (why, message) =>
        resolve({ ok: false, error: { ...endingError(why, limits), ...(message && { message }) }, loadMs: 0 }),
    })
    return promise
  }

  get memory(): Placement['memory'] {
    return this.#placement.memory
  }

  usage(): SandboxUsage {
    return { ...this.#placement.usage(), waiting: this.#waiting.counts() }
  }

  /** Ends every process; what is in flight or waits is canceled. Resolves when all of them have exited. */
  close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#lookAgain)
    for (const work of this.#waiting.takeAll()) {
      work.leave()
      work.refuse('canceled')
    }
    return this.#placement.close()
  }

  #serve(work: Work) {
    if (this.#isClosed || work.signal?.aborted) return work.refuse('canceled')
    const { tenant } = work
    // Behind its tenant's older work, if there is any.
    const free = this.#waiting.countOf(tenant) === 0 && this.#isWithin(work) && this.#placement.findFree(tenant)
    if (free) return work.start(free)
    const waiting = this.#waiting.countOf(tenant)
    if (waiting >= longestQueue) return work.refuse('throttled', this.#queueText(work, `${waiting} more wait already.`))
    this.#wait(work)
    this.#serveWaiting()
  }

  #wait(work: Work) {
    const giveUp = (why: 'canceled' | 'throttled') => {
      waiting.leave()
      this.#waiting.delete(waiting)
      work.refuse(
        why,
        why === 'throttled' ? this.#queueText(work, `This one has waited for ${longestWaitMs / 1_000} s.`) : undefined,
      )
    }
    const timer = setTimeout(() => giveUp('throttled'), longestWaitMs)
    const cancel = () => giveUp('canceled')
    work.signal?.addEventListener('abort', cancel)
    const leave = () => {
      clearTimeout(timer)
      work.signal?.removeEventListener('abort', cancel)
    }
    const waiting: Waiting = { ...work, leave }
    this.#waiting.add(waiting)
  }

  /** Called whenever there may be a place: it may also take one away, which is such a moment again. */
  #serveWaiting() {
    if (this.#isServing || this.#waiting.tenants === 0) return
    this.#isServing = true
    try {
      this.#waiting.serve(this.#finder(), (work, process) => {
        work.leave()
        work.start(process)
      })
    } finally {
      this.#isServing = false
    }
    clearTimeout(this.#lookAgain)
    if (this.#waiting.tenants > 0) this.#lookAgain = setTimeout(() => this.#serveWaiting(), lookAgainMs)
  }

  /** Where one tenant finds no first process, no other tenant does: thousands may wait. */
  #finder() {
    let areTaken = false
    return (work: Work): SandboxProcess | undefined => {
      const { tenant, concurrentRuns } = work
      const isFirst = this.#wantsFirst(work)
      if (isFirst ? areTaken : !this.#isWithin(work) || !this.#placement.serves(tenant)) return undefined
      const isContested = () => this.#waiting.some((other) => this.#wantsFirst(other))
      const process = this.#placement.find({ tenant, concurrentRuns, isContested })
      areTaken ||= isFirst && !process
      return process
    }
  }

  /** No process takes new work of its tenant, and nothing but a place is missing. */
  #wantsFirst(work: Work): boolean {
    const { tenant } = work
    return !this.#placement.serves(tenant) && this.#placement.mayTake(tenant) && this.#isWithin(work)
  }

  #isWithin({ tenant, concurrentRuns }: Work): boolean {
    return this.#placement.underWay(tenant) < concurrentRuns
  }

  /** `undefined` where it was not for the tenant's own runs. */
  #queueText(work: Work, more: string): string | undefined {
    const underWay = this.#placement.underWay(work.tenant)
    if (this.#isWithin(work)) return undefined
    return `Runs of the tenant under way: ${underWay} (limit "concurrentRuns"). ${more}`
  }

  #ended(process: SandboxProcess, end: ProcessExit & { tenant: string | undefined }) {
    this.#observer.processEnded?.({ pid: process.pid, ...end })
    if (end.tenant !== undefined && losses.has(end.reason)) this.#lost(end.tenant)
  }

  #lost(tenant: string) {
    const refusal = this.#admission.lost(tenant)
    if (refusal === undefined) return
    for (const work of this.#waiting.takeAll(tenant)) {
      work.leave()
      work.refuse('throttled', refusal)
    }
  }

  #failed(failure: SpareFailure) {
    this.#observer.processFailed?.(failure)
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

/** How long work waits before it is refused: a user is waiting too. */
const longestWaitMs = 10_000
/** What a tenant may start within that time by the default of `runsPerMinute`. */
const longestQueue = 1_000
/** Places also come free by time alone. */
const lookAgainMs = 250
