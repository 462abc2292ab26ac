import { type AbortSignal, createSignal, endSignal } from './abort-signal.ts'
import { inspectSymbol, showFields } from './inspected.ts'
import { enumerable, tag } from './named.ts'

export class AbortController {
  readonly #signal: AbortSignal = createSignal()

  get signal(): AbortSignal {
    return this.#signal
  }
  abort(reason: unknown = undefined): void {
    endSignal(this.#signal, reason)
  }
  [inspectSymbol](depth: unknown, options: unknown): string {
    return showFields('AbortController', { signal: this.#signal }, [depth, options])
  }
}
enumerable(AbortController, 'signal', 'abort')
tag(AbortController, 'AbortController')
