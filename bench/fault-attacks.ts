/** What authors can do to their own process. */
import type { RunLimits } from '@interlock/runtime'

export interface Attack {
  name: string
  /** Of the handler. */
  body: string
  limits: Partial<RunLimits>
}

/** Each element has a length that nobody reads, but V8 walks through 2 ** 53 of them without asking whether it should stop. */
const stuckCall = `Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)`

export const aborting: Attack = {
  name: 'V8 runs out of memory and aborts',
  body: 'const a = new Array(3e7); for (let n = 0; n < 3e7; n++) a[n] = { n }',
  limits: { cpuMs: 20_000, wallMs: 60_000, heapMb: 16 },
}

export const wedging: Attack = {
  name: 'a native call that never checks for interrupts',
  body: stuckCall,
  limits: { cpuMs: 50, wallMs: 60_000 },
}

/** With the limit that ends it: `cpu` is counted in the process, `wall` from the beginning of the run. */
export const overstaying: (Attack & { deadline: { of: 'cpu' | 'wall'; ms: number } })[] = [
  {
    name: 'an endless loop, 100 ms of processor time',
    body: 'for (;;);',
    limits: { cpuMs: 100 },
    deadline: { of: 'cpu', ms: 100 },
  },
  {
    name: 'a native call that never checks for interrupts, 100 ms of processor time',
    body: stuckCall,
    limits: { cpuMs: 100 },
    deadline: { of: 'cpu', ms: 100 },
  },
  {
    name: 'the same, 500 ms of clock time',
    body: stuckCall,
    limits: { cpuMs: 20_000, wallMs: 500 },
    deadline: { of: 'wall', ms: 500 },
  },
  {
    name: 'a promise that never settles, 500 ms of clock time',
    body: 'await new Promise(() => {})',
    limits: { wallMs: 500 },
    deadline: { of: 'wall', ms: 500 },
  },
]

export const sourceOf = (body: string): string =>
  `exports.onExecutePostChallenge = async (event, api) => {\n${body}\n}\n`
