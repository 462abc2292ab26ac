/** Whether a run of a tenant may begin now: its processes are not being lost, and it is within its runs per minute. */
import type { Observer } from '../observer.ts'
import { CircuitBreaker, type Passage } from './circuit-breaker.ts'

/** What is left of a tenant's runs per minute; a burst may use all of them at once. */
interface Allowance {
  left: number
  at: number
}

export class Admission {
  /** The longest untouched first. Who is not here has used nothing. */
  readonly #allowances = new Map<string, Allowance>()
  readonly #breaker: CircuitBreaker
  readonly #now: () => number

  /** `now` counts milliseconds and never goes back. */
  constructor(observer: Observer, now: () => number = () => performance.now()) {
    this.#breaker = new CircuitBreaker(observer, now)
    this.#now = now
  }

  admit(tenant: string, runsPerMinute: number): Passage {
    if (this.#take(tenant, runsPerMinute)) return this.#breaker.pass(tenant)
    return {
      ok: false,
      message: `The tenant has started ${runsPerMinute} runs within a minute (limit "runsPerMinute").`,
    }
  }

  /** A process of the tenant is gone although nobody wished it. Answers why its work is refused now, if it is. */
  lost(tenant: string): string | undefined {
    return this.#breaker.lost(tenant)
  }

  #take(tenant: string, perMinute: number): boolean {
    const now = this.#now()
    const { left, at } = this.#allowances.get(tenant) ?? { left: perMinute, at: now }
    const refilled = Math.min(perMinute, left + ((now - at) / minuteMs) * perMinute)
    const isWithin = refilled >= 1
    this.#allowances.delete(tenant)
    this.#allowances.set(tenant, { left: isWithin ? refilled - 1 : refilled, at: now })
    this.#forgetRefilled(now)
    return isWithin
  }

  #forgetRefilled(now: number) {
    for (const [tenant, { at }] of this.#allowances) {
      if (now - at < minuteMs) return
      this.#allowances.delete(tenant)
    }
  }
}

const minuteMs = 60_000
