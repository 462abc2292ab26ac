/**
 * One handler run in a world of its own: enters the guest, collects what it left behind, keeps its timers, and enters
 * again when one of them is due; until the handler has settled or the host ends the run.
 *
 * Everything between two entries is synchronous. A run ends exactly once, and with it its timers and its world.
 */
import type { EgressRequest } from '../bridge/egress.ts'
import type { GuestRun, Settled } from '../bridge/guest-door.ts'
import type { GuestError } from '../bridge/outcome.ts'
import { endingError, type HostEnding } from '../errors.ts'
import { naming } from '../limits.ts'
import { createAsk } from './answer-call.ts'
import type { Memory } from './buffers.ts'
import { parseCollected, parseRemains } from './collected.ts'
import { clockAllowanceMs } from './deadline.ts'
import { enterPast } from './enter-past.ts'
import type { Entry } from './entry.ts'
import type { Print, Run, RunEnd } from './run.ts'
import type { World } from './world.ts'

interface Surroundings {
  world: World
  run: Run
  /** Called before each entry: from here until it returns, this run has the thread. */
  entering: () => void
  network: Network
  print: Print
  /** Garbage included. */
  measureMemory: () => Memory
  /** What buffers take when garbage is not counted. */
  collectedBufferBytes: () => number
}

/** Where a run's requests go. Answers come back by `settle`, after the call has returned. */
export interface Network {
  send(request: EgressRequest): void
  abandon(requestId: number): void
}

export class HandlerRun {
  readonly #around: Surroundings
  readonly #run: Run
  readonly #ended: (end: RunEnd) => void
  readonly #startedAt = performance.now()
  #cpuMs: number
  readonly #timers = new Map<number, NodeJS.Timeout | NodeJS.Immediate>()
  readonly #requests = new Set<number>()
  readonly #wallTimer: NodeJS.Timeout
  /** What the author should know of, whatever the run's end. */
  readonly #warnings: string[] = []
  #warningsLeftOut = 0
  #hasRejections = false
  #isOver = false
  #hasTicks = false

  constructor(around: Surroundings, ended: (end: RunEnd) => void) {
    this.#around = around
    this.#run = around.run
    this.#ended = ended
    this.#cpuMs = around.world.loadCpuMs
    this.#wallTimer = setTimeout(() => this.#endAtWall(), around.run.wallLeftMs)
  }

  begin() {
    const { handler, event, redirectState, cache, limits, live } = this.#run
    const facts = { event, ...(redirectState !== undefined && { redirectState }) }
    this.#around.world.answerWith(createAsk(live ? { ...facts, print: this.#around.print } : facts))
    const { outputBytes, timers, egressConcurrent } = limits
    const guestRun: GuestRun = {
      handler,
      event,
      cache,
      limits: { outputBytes, timers, egressConcurrent },
      ...(live && { live }),
    }
    this.#enter('start', JSON.stringify(guestRun))
  }

  /** The answer to one of its requests; what the run does not wait for is dropped. */
  settle(requestId: number, answerJson: string) {
    if (this.#requests.delete(requestId)) this.#enter('settle', requestId, answerJson)
  }

  /** Ends the run from outside; does nothing when it is over. */
  end(ending: HostEnding) {
    this.#endByHost(ending, endingError(ending, this.#run.limits, this.#reached(ending)))
  }

  /** Of the ending's limit; what a disposed isolate held nobody can say. */
  #reached(ending: HostEnding): number | undefined {
    if (ending === 'exceeded-cpu') return this.#reachedCpuMs()
    return ending === 'exceeded-wall' ? this.#run.limits.wallMs - this.#run.wallLeftMs + this.#tookMs() : undefined
  }

  /** Cut off on a machine that is busier than it seemed, it may not have had all of it: then nobody says so. */
  #reachedCpuMs(): number | undefined {
    const { cpuMs } = this.#run.limits
    return this.#cpuMs >= cpuMs * measuringTolerance ? Math.max(this.#cpuMs, cpuMs) : undefined
  }

  #enter(entrance: 'start' | 'fire' | 'settle', ...args: (string | number)[]) {
    this.#around.entering()
    this.#pass(entrance, args)
    while (this.#hasTicks && !this.#isOver) this.#pass('tick', [])
  }

  #pass(entrance: 'start' | 'fire' | 'settle' | 'tick', args: (string | number)[]) {
    const first = this.#measured(entrance, args)
    if (first.type === 'left-a-rejection') this.#warnOfRejection(first.reason)
    const entry = first.type === 'left-a-rejection' ? this.#past(() => this.#measured('rest', [])) : first
    if (entry.type === 'disposed') return this.end('exceeded-heap')
    if (entry.type === 'timed-out') return this.#endAtTimeout(entry.stack)
    if (this.#cpuMs > this.#run.limits.cpuMs) return this.end('exceeded-cpu')
    this.#collect()
  }

  /** A collection that the run has made necessary takes of its own time. */
  #heldBuffersMb({ bufferBytes }: Memory): number {
    if (bufferBytes <= this.#run.limits.externalMb * megabyte) return 0
    const startedAt = performance.now()
    const held = this.#around.collectedBufferBytes()
    this.#cpuMs += performance.now() - startedAt
    return held / megabyte
  }

  #collect() {
    const entry = this.#measured('collect', [])
    if (entry.type === 'disposed') return this.end('exceeded-heap')
    if (entry.type === 'timed-out') return this.#endAtTimeout(entry.stack)
    const memory = this.#around.measureMemory()
    const heldMb = this.#heldBuffersMb(memory)
    if (heldMb > this.#run.limits.externalMb) return this.#endAtBuffers(heldMb)
    const gathered = entry.type === 'returned' ? parseCollected(entry.value) : undefined
    if (!gathered) return this.end('refused')
    for (const id of gathered.clearedTimers) this.#clear(id)
    for (const { name, message, stack } of gathered.lateErrors)
      this.#warn(`Thrown after the handler had settled: ${stack ?? `${name}: ${message}`}`)
    this.#warningsLeftOut += gathered.lateErrorsLeftOut
    if (gathered.settled) return this.#endSettled(gathered.settled, memory)
    for (const { id, delayMs } of gathered.timers) this.#keep(id, delayMs)
    for (const id of gathered.abandonedRequests) this.#abandon(id)
    for (const request of gathered.requests) this.#send(request)
    const { timers, egressConcurrent } = this.#run.limits
    if (this.#timers.size > timers || this.#requests.size > egressConcurrent) this.end('refused')
    this.#hasTicks = gathered.ticks
  }

  #past(enter: () => Entry): Entry {
    return enterPast(enter, (reason) => this.#warnOfRejection(reason))
  }

  #warnOfRejection(reason: string) {
    this.#hasRejections = true
    this.#warn(`A promise was rejected and nothing handled it: ${reason}`)
  }

  #warn(text: string) {
    if (this.#warnings.length < mostWarnings) this.#warnings.push(text.slice(0, maximumWarningLength))
    else this.#warningsLeftOut += 1
  }

  /** What the warnings do not say. */
  #omissions(): string[] {
    return [
      ...(this.#warningsLeftOut > 0 ? [`${this.#warningsLeftOut} more such warnings were left out.`] : []),
      ...(this.#hasRejections ? [mayBeMore] : []),
    ]
  }

  #send(request: EgressRequest) {
    this.#requests.add(request.id)
    this.#around.network.send(request)
  }

  #abandon(requestId: number) {
    if (this.#requests.delete(requestId)) this.#around.network.abandon(requestId)
  }

  #measured(entrance: 'start' | 'fire' | 'settle' | 'tick' | 'rest' | 'collect', args: (string | number)[]): Entry {
    const cpuLeftMs = Math.max(0, this.#run.limits.cpuMs - this.#cpuMs)
    const wallLeftMs = this.#run.wallLeftMs - this.#tookMs()
    const timeoutMs = Math.min(clockAllowanceMs(cpuLeftMs, this.#run.contention), wallLeftMs)
    const entry = this.#around.world.enter(entrance, args, timeoutMs)
    this.#cpuMs += entry.cpuMs
    return entry
  }

  #keep(id: number, delayMs: number) {
    this.#clear(id)
    const fire = () => {
      this.#timers.delete(id)
      this.#enter('fire', id)
    }
    // Node's own timers wait for 1 ms at least.
    const timer = delayMs <= 0 ? setImmediate(fire) : setTimeout(fire, Math.min(delayMs, this.#run.wallLeftMs))
    this.#timers.set(id, timer)
  }

  #clear(id: number) {
    cancelTimer(this.#timers.get(id))
    this.#timers.delete(id)
  }

  /** A stretch that was cut off, with its line: at the end of the clock, or as one that never gives the thread back. */
  #endAtTimeout(stack: string | undefined) {
    const ending = this.#tookMs() >= this.#run.wallLeftMs - timerToleranceMs ? 'exceeded-wall' : 'exceeded-cpu'
    const error = endingError(ending, this.#run.limits, this.#reached(ending))
    const frames = (stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
    this.#endByHost(ending, {
      ...error,
      stack: [`${error.name}: ${error.message}`, ...frames].join('\n').slice(0, maximumStackLength),
    })
  }

  #endAtBuffers(heldMb: number) {
    const { limits } = this.#run
    const reached = naming('externalMb', Number.isFinite(heldMb) ? heldMb : undefined)
    const message = `The action holds more than ${limits.externalMb} MB in ArrayBuffers ${reached}.`
    this.#endByHost('exceeded-heap', { ...endingError('exceeded-heap', limits), message })
  }

  #endAtWall() {
    const error = endingError('exceeded-wall', this.#run.limits, this.#reached('exceeded-wall'))
    const hopeless = 'Nothing the handler waits for was pending: its promise could never settle.'
    const message = this.#timers.size + this.#requests.size > 0 ? error.message : `${error.message} ${hopeless}`
    this.#endByHost('exceeded-wall', { ...error, message })
  }

  #endByHost(ending: HostEnding, error: GuestError) {
    if (this.#isOver) return
    const entry = this.#past(() => this.#around.world.enter('stop', [], stopMs))
    const remains = parseRemains(entry.type === 'returned' ? entry.value : undefined)
    const { heapBytes } = this.#around.measureMemory()
    this.#finish({ ending, commands: [], handlerMissing: false, warnings: [], error, heapBytes, ...remains })
  }

  #endSettled(settled: Settled, { heapBytes }: Memory) {
    const { ending, console, consoleTruncated } = settled
    const base = { ending, console, consoleTruncated, heapBytes }
    const nothing = { commands: [], handlerMissing: false, warnings: [] }
    switch (settled.ending) {
      case 'completed': {
        const { commands, warnings, handlerMissing = false } = settled
        return this.#finish({ ...base, commands, warnings, handlerMissing })
      }
      case 'threw':
        return this.#finish({ ...base, ...nothing, error: explained(settled.error, this.#run.limits) })
      case 'exceeded-output': {
        const error = { name: 'Error', message: settled.message, code: 'ERR_RUN_EXCEEDED_OUTPUT' }
        return this.#finish({ ...base, ...nothing, error })
      }
      default:
        settled satisfies never
        return this.end('refused')
    }
  }

  #finish(end: Omit<RunEnd, 'wallMs' | 'cpuMs'>) {
    this.#isOver = true
    clearTimeout(this.#wallTimer)
    for (const timer of this.#timers.values()) cancelTimer(timer)
    this.#requests.clear()
    this.#around.world.release()
    const warnings = [...end.warnings, ...this.#warnings, ...this.#omissions()]
    this.#ended({ ...end, warnings, wallMs: this.#tookMs(), cpuMs: this.#cpuMs })
  }

  #tookMs(): number {
    return performance.now() - this.#startedAt
  }
}

const cancelTimer = (timer: NodeJS.Timeout | NodeJS.Immediate | undefined): void => {
  clearTimeout(timer as NodeJS.Timeout)
  clearImmediate(timer as NodeJS.Immediate)
}

/** V8's words for a buffer that does not fit do not say which limit it was. Whoever catches it may go on with less. */
const explained = (error: GuestError, { heapMb }: Run['limits']): GuestError => {
  if (error.name !== 'RangeError' || error.message !== noRoom) return error
  const message = `${noRoom}: with it the action would use more than ${heapMb} MB of memory ${naming('heapMb')}.`
  return { ...error, message, ...(error.stack && { stack: error.stack.replace(noRoom, message) }) }
}

const noRoom = 'Array buffer allocation failed'
const megabyte = 1_048_576
/** What the guest gets to hand out its console after it was stopped. */
const stopMs = 100
/** What the bridge takes (bridge/outcome.ts). */
const maximumStackLength = 8_192
const maximumWarningLength = 2_048
/** Beside those of the recorder, of which there are fewer than commands. */
const mostWarnings = 16
const mayBeMore =
  'More promises may have been rejected than are told: of those in one stretch of code, from one await to the next, only the first is known.'
/** The clocks differ a little: a stretch that took its whole time may measure just below it. */
const measuringTolerance = 0.9
const timerToleranceMs = 2
