import { type AbortSignal, createSignal, endSignal } from './abort-signal.ts'

export class AbortController {
  readonly #signal: AbortSignal = createSignal()

  get signal(): AbortSignal {
    return this.#signal
  }
  abort(reason?: unknown): void {
    endSignal(this.#signal, reason)
  }
}
