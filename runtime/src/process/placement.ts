/**
 * Which sandbox process a piece of work gets. Every process has one tenant, for its whole life; who takes new work holds one
 * of a bounded number of places, within a bounded amount of memory.
 *
 * - blank spares wait warm, so that a cold tenant starts at once;
 * - work goes to the least busy process of its tenant; when all of them are busy the tenant gets a further one, as long as
 *   nobody waits for a first one: for threads that are taken not more than there are cores, for full processes up to the
 *   tenant's own limit;
 * - a first process takes, where all places are taken or memory is short, the place of the process that has been idle for
 *   longest; where none is idle, that of the tenant with the most of them, else of the one who has held it for longest: such
 *   a process takes no new work and goes with its last run, and nobody's run is cut off for it;
 * - so does a process that has ended a run badly or has served long enough.
 */
import { availableParallelism } from 'node:os'
import type { ProcessUsage, SandboxUsage } from '../observer.ts'
import { Fleet } from './fleet.ts'
import type { Launcher } from './launcher.ts'
import { MemoryBudget } from './memory-budget.ts'
import type { ProcessExit, SandboxProcess } from './sandbox-process.ts'
import { Spare, type SpareFailure } from './spare.ts'

/** What work asks for. */
interface PlaceRequest {
  tenant: string
  /** Runs of the tenant that may be under way at once: it has no use for more processes. */
  concurrentRuns: number
  /** Whether another tenant waits for its first process. */
  isContested(): boolean
}

interface Options {
  launcher: Launcher
  /** Places, at most. Leaving processes come on top, at most as many again. */
  capacity: number
  memoryBytes: number
  /** Blank processes that wait for whoever comes next. */
  spares: number
  started(pid: number): void
  /** A spare can be taken. */
  ready(): void
  /** A process can be taken, or one has room again. */
  changed(): void
  ended(process: SandboxProcess, end: ProcessExit & { tenant: string | undefined }): void
  failed(failure: SpareFailure): void
}

export class Placement {
  readonly #fleet = new Fleet()
  readonly #memory: MemoryBudget<SandboxProcess>
  readonly #options: Options
  readonly #spares: readonly Spare[]
  /** Every process that has not exited, spares included. */
  readonly #living = new Set<SandboxProcess>()
  readonly #closed = Promise.withResolvers<void>()
  #evicted = 0
  #isClosed = false

  constructor(options: Options) {
    this.#options = options
    this.#memory = new MemoryBudget({
      limitBytes: options.memoryBytes,
      weighed: (process, ownBytes) => this.#weighed(process, ownBytes),
    })
    const spare = () =>
      new Spare({
        start: (outcome) => this.#launch(outcome),
        ready: () => {
          options.ready()
          options.changed()
        },
        failed: options.failed,
      })
    this.#spares = Array.from({ length: options.spares }, spare)
  }

  /** The tenant's least busy process if it can begin at once: what most runs get. */
  findFree(tenant: string): SandboxProcess | undefined {
    const own = this.#leastBusy(tenant)
    return own?.hasRoom && !own.isBusy ? this.#use(own) : undefined
  }

  /** `undefined`: there is none now. May take a place away, also where nothing comes of it yet. */
  find({ tenant, concurrentRuns, isContested }: PlaceRequest): SandboxProcess | undefined {
    const own = this.#leastBusy(tenant)
    if (!own) return this.#findFirst(tenant)
    const isFree = own.hasRoom && !own.isBusy
    const further = isFree || isContested() ? undefined : this.#findFurther(tenant, concurrentRuns)
    if (further) return further
    return own.hasRoom ? this.#use(own) : undefined
  }

  /** Whether a process takes new work of the tenant. */
  serves(tenant: string): boolean {
    return this.#fleet.of(tenant).taking.length > 0
  }

  /** Who has left too many behind that still have runs waits for those: it would take one place after the other. */
  mayTake(tenant: string): boolean {
    return this.#fleet.of(tenant).leaving.length < leavingPerTenant
  }

  underWay(tenant: string): number {
    return this.#fleet.underWay(tenant)
  }

  /** What others count in whose processes take memory as well. */
  get memory(): Pick<MemoryBudget<SandboxProcess>, 'add' | 'remove'> {
    return this.#memory
  }

  usage(): Omit<SandboxUsage, 'waiting'> {
    const processes = this.#fleet.entries().map(
      ([process, tenant]): ProcessUsage => ({
        ...{ pid: process.pid, tenant, runs: process.size, memoryBytes: this.#memory.bytesOf(process) },
        state: process.isFit ? (process.isBusy ? 'busy' : 'taking') : 'leaving',
      }),
    )
    const { usedBytes, limitBytes } = this.#memory
    const memory = { memoryBytes: usedBytes, memoryLimitBytes: limitBytes }
    return { processes, spares: this.#ready.length, evicted: this.#evicted, ...memory }
  }

  /** Resolves when every process has exited. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#memory.close()
    for (const spare of this.#spares) spare.close()
    for (const process of this.#living) process.end('closed')
    if (this.#living.size > 0) await this.#closed.promise
  }

  #leastBusy(tenant: string): SandboxProcess | undefined {
    const { taking } = this.#fleet.of(tenant)
    return taking.length > 1 ? taking.toSorted((one, other) => burdenOf(one) - burdenOf(other))[0] : taking[0]
  }

  #findFirst(tenant: string): SandboxProcess | undefined {
    if (this.#ready.length === 0) return undefined
    return this.#makeRoom(0) || this.#takePlaceOver() ? this.#take(tenant) : undefined
  }

  #findFurther(tenant: string, concurrentRuns: number): SandboxProcess | undefined {
    const { taking } = this.#fleet.of(tenant)
    const areFull = taking.every(({ hasRoom }) => !hasRoom)
    const hasUse = taking.length < concurrentRuns && (areFull || this.#fleet.busy < cores)
    const unusedMs = areFull ? tenureMs : unusedForBusyMs
    return hasUse && this.#ready.length > 0 && this.#makeRoom(unusedMs) ? this.#take(tenant) : undefined
  }

  #use(process: SandboxProcess): SandboxProcess {
    this.#fleet.touch(process)
    return process
  }

  #take(tenant: string): SandboxProcess | undefined {
    const fresh = this.#ready[0]?.take()
    if (fresh) this.#fleet.adopt(fresh, tenant)
    return fresh
  }

  get #ready(): Spare[] {
    return this.#spares.filter(({ isReady }) => isReady)
  }

  get #hasRoom(): boolean {
    if (this.#fleet.places >= this.#options.capacity) return false
    // Without any process nothing would ever run, however little memory there may be.
    return this.#hasMemory || this.#fleet.places + this.#fleet.leaving === 0
  }

  get #hasMemory(): boolean {
    // The next spare takes the place of the one that is taken; others may not have begun to start.
    const starting = this.#spares.filter(({ hasProcess }) => !hasProcess).length
    return this.#memory.hasRoomFor(starting + 1)
  }

  #makeRoom(unusedMs: number): boolean {
    while (!this.#hasRoom) {
      const idle = this.#fleet.longestUnused(unusedMs)
      if (!idle) return false
      this.#evict(idle)
    }
    return true
  }

  #takePlaceOver(): boolean {
    if (this.#fleet.leaving >= this.#options.capacity) return false
    // Memory comes back with the last run of one that is leaving, and one at a time will do.
    if (!this.#hasMemory && this.#fleet.leaving > 0) return false
    const largest = this.#fleet.largestShare(tenureMs)
    if (largest) this.#evict(largest)
    return largest !== undefined && this.#hasRoom
  }

  #evict(process: SandboxProcess) {
    this.#fleet.leave(process)
    process.retire('evicted')
  }

  #weighed(process: SandboxProcess, ownBytes: number) {
    if (process.isEmpty && ownBytes > process.expectedBytes) process.retire('recycled')
    while (this.#memory.isExceeded) {
      const idle = this.#fleet.longestUnused(0)
      if (!idle) return
      this.#evict(idle)
    }
  }

  #launch(outcome: { ready: () => void; gone: (exit: ProcessExit) => void }): SandboxProcess {
    const process: SandboxProcess = this.#options.launcher.launch({
      ready: () => {
        this.#memory.blank(process)
        outcome.ready()
      },
      freed: () => this.#freed(process),
      exited: (exit) => this.#exited(process, exit, outcome.gone),
    })
    this.#living.add(process)
    this.#memory.add(process)
    this.#options.started(process.pid)
    return process
  }

  #freed(process: SandboxProcess) {
    if (process.isOver) this.#memory.remove(process)
    else this.#memory.worked(process)
    if (!process.isFit) this.#fleet.leave(process)
    this.#options.changed()
  }

  #exited(process: SandboxProcess, exit: ProcessExit, gone: (exit: ProcessExit) => void) {
    const tenant = this.#fleet.ownerOf(process)
    this.#memory.remove(process)
    this.#fleet.remove(process)
    this.#living.delete(process)
    if (exit.reason === 'evicted') this.#evicted += 1
    this.#options.ended(process, { ...exit, tenant })
    if (tenant === undefined) gone(exit)
    if (this.#isClosed && this.#living.size === 0) this.#closed.resolve()
    this.#options.changed()
  }
}

/** A thread that is taken weighs more than any number of runs that wait; one that makes a world, less than a run. */
export const burdenOf = ({
  size,
  isBusy,
  isSettling,
}: Pick<SandboxProcess, 'size' | 'isBusy' | 'isSettling'>): number =>
  size + (isBusy ? 1_000_000 : 0) + (isSettling ? 0.5 : 0)

const cores = availableParallelism()
/** That a busy tenant gets on faster is not worth the cold start of somebody who was here a moment ago. */
const unusedForBusyMs = 10_000
/** Starting a process takes 0.2 to 0.4 s of processor time: a place is worth that only if it is held for much longer. */
const tenureMs = 2_000
const leavingPerTenant = 4
