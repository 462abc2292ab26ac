/** The runs and inspections that one sandbox process has been given and has not ended yet. */
import type { RunEgress } from '../egress/run-egress.ts'
import type { HostEnding } from '../errors.ts'
import { clockAllowanceMs } from '../isolate/deadline.ts'
import type { RunLimits } from '../limits.ts'
import type { FromChild } from './message.ts'
import type { Allowance } from './watch.ts'

export interface Flight {
  limits: RunLimits
  contention: number
  /** Absent: an inspection has no network. */
  egress?: RunEgress
  /** Takes what the process says has become of it; false, and nothing is done, where that cannot be read. */
  land(message: Extract<FromChild, { type: 'ended' | 'inspected' }>): boolean
  /** The process is gone, or must go. */
  lose(ending: HostEnding): void
}

export class Flights {
  readonly #flights = new Map<string, Flight>()
  /** Who had the thread last, where the process had to tell. */
  #entered: string | undefined

  get size(): number {
    return this.#flights.size
  }

  add(id: string, flight: Flight): void {
    this.#flights.set(id, flight)
  }

  entered(id: string): void {
    this.#entered = id
  }

  find(id: string): Flight | undefined {
    return this.#flights.get(id)
  }

  /** False where the message cannot be read; the run it was said of is then to blame for what follows. */
  land(message: Extract<FromChild, { type: 'ended' | 'inspected' }>): boolean {
    const hasLanded = this.#flights.get(message.id)?.land(message) ?? false
    if (hasLanded) this.#flights.delete(message.id)
    else this.#entered = message.id
    return hasLanded
  }

  /** One of them ends as `ending` says, the others lose their process: the one that had the thread, else the oldest. */
  loseAll(ending: HostEnding): void {
    const [oldest] = this.#flights.keys()
    const blamed = this.#entered !== undefined && this.#flights.has(this.#entered) ? this.#entered : oldest
    const flights = [...this.#flights]
    this.#flights.clear()
    for (const [id, flight] of flights) {
      flight.lose(id === blamed || ending === 'canceled' ? ending : 'crashed')
    }
  }

  /** What all of them together may use, besides `modules` action versions that lie warm in the same process. */
  allowance(modules: number): Allowance | undefined {
    if (this.#flights.size === 0) return undefined
    const flights = [...this.#flights.values()]
    const heapMb = Math.max(...flights.map(({ limits }) => limits.heapMb))
    return {
      cpuMs: Math.max(...flights.map(({ limits, contention }) => clockAllowanceMs(limits.cpuMs, contention))) + graceMs,
      residentBytes: (ownMb + heapMb * (heapOvershoot + modules)) * 1_048_576,
    }
  }
}

/** The child ends a run itself and can name the line; it gets this much time for it. */
const graceMs = 200
/** The process before it has run anything, with room for its own collector. */
const ownMb = 128
/** isolated-vm calls its limit a guideline: V8 goes beyond it for a moment before it gives up. */
const heapOvershoot = 2
