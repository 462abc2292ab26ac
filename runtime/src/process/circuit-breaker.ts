/**
 * Keeps a tenant whose sandbox processes keep being lost from using up one after another. Other tenants never feel it.
 *
 * - closed: every run passes, losses are remembered for a while
 * - open: runs are refused until the back-off is over
 * - then one run passes on trial: if it ends by itself the breaker closes, if not it opens for twice as long
 */
import type { Ending } from '../bridge/outcome.ts'
import type { Observer } from '../observer.ts'

/** Whoever passes must tell how the run has ended, if that is asked. */
export type Passage = { ok: true; ended?(ending: Ending): void } | { ok: false; message: string }

interface Opening {
  until: number
  forMs: number
  hasTrial: boolean
}

interface Circuit {
  /** When processes were lost, the latest last. */
  losses: number[]
  opening: Opening | undefined
}

export class CircuitBreaker {
  readonly #circuits = new Map<string, Circuit>()
  readonly #observer: Observer
  readonly #now: () => number

  constructor(observer: Observer, now: () => number) {
    this.#observer = observer
    this.#now = now
  }

  pass(tenant: string): Passage {
    const opening = this.#circuits.get(tenant)?.opening
    if (!opening) return passed
    if (opening.hasTrial || opening.until > this.#now()) return { ok: false, message: refusal(opening) }
    opening.hasTrial = true
    return { ok: true, ended: (ending) => this.#judge(tenant, opening, ending) }
  }

  /** A process of the tenant is gone although nobody wished it. Answers the refusal while the breaker is open. */
  lost(tenant: string): string | undefined {
    this.#forgetOthers()
    const circuit = this.#circuits.get(tenant) ?? { losses: [], opening: undefined }
    this.#circuits.set(tenant, circuit)
    if (circuit.opening) return refusal(circuit.opening)
    circuit.losses = [...circuit.losses.filter((at) => this.#isRecent(at)), this.#now()]
    return circuit.losses.length < lossesToOpen ? undefined : refusal(this.#open(tenant, firstBackOffMs))
  }

  #judge(tenant: string, opening: Opening, ending: Ending) {
    opening.hasTrial = false
    if (undecided.has(ending)) return
    if (!byItself.has(ending)) {
      this.#open(tenant, Math.min(opening.forMs * 2, longestBackOffMs))
      return
    }
    this.#circuits.delete(tenant)
    this.#observer.breakerClosed?.(tenant)
  }

  #open(tenant: string, forMs: number): Opening {
    const opening = { until: this.#now() + forMs, forMs, hasTrial: false }
    this.#circuits.set(tenant, { losses: [], opening })
    this.#observer.breakerOpened?.({ tenant, forMs })
    return opening
  }

  #isRecent(at: number): boolean {
    return this.#now() - at < memoryMs
  }

  #forgetOthers() {
    for (const [tenant, { losses, opening }] of this.#circuits) {
      if (!opening && !losses.some((at) => this.#isRecent(at))) this.#circuits.delete(tenant)
    }
  }
}

const passed: Passage = { ok: true }

/** The author's code came to an end of its own, good or bad. */
const byItself: ReadonlySet<Ending> = new Set(['completed', 'threw', 'exceeded-output'])
/** The code may not even have begun. */
const undecided: ReadonlySet<Ending> = new Set(['canceled', 'throttled'])

/** A single loss is bad luck; an action that does it every time gets here in seconds. */
const lossesToOpen = 5
const memoryMs = 60_000
const firstBackOffMs = 1_000
const longestBackOffMs = 60_000

const refusal = ({ forMs }: Opening): string =>
  `Sandbox processes of this tenant were lost ${lossesToOpen} times within ${memoryMs / 1_000} s: its runs are refused for ${forMs / 1_000} s at a time, until one ends by itself.`
