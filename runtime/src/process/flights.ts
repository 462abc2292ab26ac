/** The runs and inspections that one sandbox process has been given and has not ended yet. */
import type { LiveLine } from '../bridge/outcome.ts'
import type { RunEgress } from '../egress/run-egress.ts'
import type { HostEnding } from '../errors.ts'
import type { RunLimits } from '../limits.ts'
import type { FromChild } from './message.ts'
import type { Allowance } from './watch.ts'

/** What ends a flight. */
export type Landing = Extract<FromChild, { type: 'ended' | 'inspected' | 'compiled' | 'frozen' }>

export interface Flight {
  limits: RunLimits
  /** Absent: an inspection has no network. */
  egress?: RunEgress
  /** Takes what a run prints while it is under way; false where there is more than there may be. Absent: nobody asked. */
  print?: (first: number, lines: readonly LiveLine[]) => boolean
  /** UTF-16 code units that it may say besides the end of a run, or at once where its end is longer. */
  answerLength?: number
  /** Takes what the process says has become of it; false, and nothing is done, where that cannot be read. */
  land(message: Landing): boolean
  /** The process is gone, or must go; `reached` is in the unit of the ending's limit. */
  lose(ending: HostEnding, reached?: number): void
}

/** Which run brought the end about, where that is known, and what it reached. */
export interface Blame {
  run?: string
  reached?: number | undefined
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
  land(message: Landing): boolean {
    const hasLanded = this.#flights.get(message.id)?.land(message) ?? false
    if (hasLanded) this.#flights.delete(message.id)
    else this.#entered = message.id
    return hasLanded
  }

  /** One of them ends as `ending` says, the others lose their process: who is to blame, else who had the thread. */
  loseAll(ending: HostEnding, { run, reached }: Blame = {}): void {
    const blamed = run ?? this.#holder
    const flights = [...this.#flights]
    this.#flights.clear()
    for (const [own, flight] of flights) {
      if (own === blamed || ending === 'canceled') flight.lose(ending, reached)
      else flight.lose('crashed')
    }
  }

  /**
   * What whoever has the thread may use, besides `modules` action versions that lie warm in the same process. A process
   * that lies about it gets no more than its most generous run may.
   */
  allowance(modules: number): Allowance | undefined {
    const holder = this.#flights.get(this.#holder ?? '')
    if (!holder) return undefined
    const heapMb = Math.max(...[...this.#flights.values()].map(({ limits }) => limits.heapMb))
    return {
      cpuMs: holder.limits.cpuMs,
      residentBytes: idleBytes(heapMb, modules) + heapMb * heapOvershoot * megabyte,
    }
  }

  /** Whose code has the thread if anybody's has: a run that is alone need not tell. */
  get #holder(): string | undefined {
    if (this.#entered !== undefined && this.#flights.has(this.#entered)) return this.#entered
    const [oldest] = this.#flights.keys()
    return oldest
  }
}

/** What a process may keep between runs: itself, and the heap of each action version that lies warm in it. */
export const idleBytes = (heapMb: number, modules: number): number => (ownMb + heapMb * modules) * megabyte

const megabyte = 1_048_576
/** The process before it has run anything, with room for its own collector. */
const ownMb = 128
/** isolated-vm calls its limit a guideline: V8 goes beyond it for a moment before it gives up. */
const heapOvershoot = 2
