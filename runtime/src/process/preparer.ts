/**
 * Prepares versions ahead of their runs, each in a sandbox process of its own that gets no other work, ever: to make a V8
 * snapshot is to run author code without a limit from inside, and what V8 cannot freeze aborts the process. The watch, a
 * deadline and SIGKILL end it; whatever comes of it is a preparation, at worst the kind `none`.
 */
import { createHash } from 'node:crypto'
import type { Module } from '../isolate/run.ts'
import type { RunLimits } from '../limits.ts'
import type { Observer } from '../observer.ts'
import type { Preparation } from '../ports.ts'
import type { Launcher } from './launcher.ts'
import type { Placement } from './placement.ts'
import type { ProcessExit, SandboxProcess } from './sandbox-process.ts'
import { WaitingList } from './waiting-list.ts'

export interface PreparationOrder {
  module: Module
  limits: RunLimits
}

interface Work extends PreparationOrder {
  tenant: string
  done(preparation: Preparation | undefined): void
}

interface Options {
  launcher: Launcher
  observer: Observer
  /** Of all sandbox processes. */
  memory: Placement['memory']
}

export class Preparer {
  readonly #options: Options
  readonly #waiting = new WaitingList<Work>()
  readonly #living = new Map<SandboxProcess, PromiseWithResolvers<ProcessExit>>()
  #busy = 0
  #isClosed = false

  constructor(options: Options) {
    this.#options = options
  }

  /** Never rejects; `undefined` when it was closed, or too much of the tenant waits already. Tenants take turns. */
  prepare(tenant: string, order: PreparationOrder): Promise<Preparation | undefined> {
    const { promise, resolve } = Promise.withResolvers<Preparation | undefined>()
    if (this.#isClosed || this.#waiting.countOf(tenant) >= longestQueue) resolve(undefined)
    else this.#waiting.add({ ...order, tenant, done: resolve })
    this.#next()
    return promise
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const { done } of this.#waiting.takeAll()) done(undefined)
    const exits = [...this.#living.values()].map(({ promise }) => promise)
    for (const process of this.#living.keys()) process.end('closed')
    await Promise.all(exits)
  }

  #next() {
    this.#waiting.serve(
      () => (!this.#isClosed && this.#busy < processesAtOnce ? true : undefined),
      (work) => void this.#work(work),
    )
  }

  async #work({ tenant, module, limits, done }: Work) {
    this.#busy += 1
    const ready = Promise.withResolvers<void>()
    const process = this.#launch(tenant, ready.resolve)
    const exit = this.#living.get(process)?.promise
    const deadline = setTimeout(() => process.end('exceeded-wall'), deadlineMs)
    await Promise.race([ready.promise, exit])
    const preparation = await prepareIn(process, { module, limits })
    clearTimeout(deadline)
    process.end('thrown-away')
    this.#busy -= 1
    done(this.#isClosed ? undefined : preparation)
    this.#next()
  }

  #launch(tenant: string, ready: () => void): SandboxProcess {
    const { launcher, observer, memory } = this.#options
    const process = launcher.launch({
      ready,
      freed: () => {},
      exited: (exit) => {
        this.#living.get(process)?.resolve(exit)
        this.#living.delete(process)
        memory.remove(process)
        observer.processEnded?.({ tenant, pid: process.pid, ...exit })
      },
    })
    this.#living.set(process, Promise.withResolvers())
    memory.add(process)
    observer.processStarted?.(process.pid)
    return process
  }
}

const prepareIn = async (process: SandboxProcess, { module, limits }: PreparationOrder): Promise<Preparation> => {
  const compiled = await process.compile(module, limits)
  if (!compiled) return nothing('Its process was ended while it was loaded.')
  const { codeCache, impure } = compiled
  const frozen = impure === undefined ? await process.freeze(module, limits) : undefined
  if (frozen?.ok) return keep('snapshot', frozen.snapshot)
  const refused =
    impure ?? frozen?.refused ?? 'V8 gave up, or took too long or too much memory, while it made the snapshot.'
  return codeCache === '' ? nothing(refused) : { ...keep('code-cache', codeCache), refused }
}

const keep = (kind: 'snapshot' | 'code-cache', packed: string): Preparation => {
  const bytes = Buffer.from(packed, 'base64')
  return { kind, bytes, sha256: sha256(bytes) }
}

const nothing = (refused: string): Preparation => {
  const bytes = new Uint8Array()
  return { kind: 'none', refused, bytes, sha256: sha256(bytes) }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Nobody waits for a preparation but who deploys; runs need the processors more. */
const processesAtOnce = 1
/** Of a tenant. What is refused is asked for again by its runs. */
const longestQueue = 8
/** From the start of the process on. A version of 1.5 MB takes about a second, on a busy machine ten; an author waits for it. */
const deadlineMs = 15_000
