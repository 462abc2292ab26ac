/**
 * What all sandbox processes together take of the machine's memory, against what they may. Their own pages are added up;
 * those of the files that all of them map count once.
 *
 * - who is starting counts at once, for what the last blank process came to and what its first work will add;
 * - then they are weighed in turns, never for a run, and soon after it: only who has worked has grown.
 */
import { type MemoryUse, readMemoryUse } from './memory-use.ts'

interface Options<Weighed> {
  limitBytes: number
  /** Called with each figure that is new. */
  weighed(process: Weighed, ownBytes: number): void
  /** `undefined` where the system does not say: then nothing counts. */
  read?: (pid: number) => MemoryUse | undefined
}

interface Share extends MemoryUse {
  /** `new`: it has ended no work yet; `grown`: it has, since it was weighed. */
  state: 'new' | 'grown' | 'weighed'
}

export class MemoryBudget<Weighed extends { pid: number }> {
  readonly #options: Options<Weighed>
  readonly #read: (pid: number) => MemoryUse | undefined
  /** The longest unweighed first. */
  readonly #shares = new Map<Weighed, Share>()
  readonly #timer: NodeJS.Timeout
  #blankBytes = firstBlankBytes

  constructor(options: Options<Weighed>) {
    this.#options = options
    this.#read = options.read ?? readMemoryUse
    this.#timer = setInterval(() => this.#weighNext(), weighMs).unref()
  }

  get limitBytes(): number {
    return this.#options.limitBytes
  }

  get usedBytes(): number {
    let own = 0
    let shared = 0
    for (const share of this.#shares.values()) {
      own += share.ownBytes
      shared = Math.max(shared, share.sharedBytes)
    }
    return own + shared
  }

  get isExceeded(): boolean {
    return this.usedBytes > this.limitBytes
  }

  /** Whether so many processes more may be started. */
  hasRoomFor(newcomers: number): boolean {
    return this.usedBytes + newcomers * this.#newcomerBytes <= this.limitBytes
  }

  bytesOf(process: Weighed): number {
    return this.#shares.get(process)?.ownBytes ?? 0
  }

  /** It is starting. */
  add(process: Weighed): void {
    const use = this.#read(process.pid)
    const share = use ? { ...use, ownBytes: this.#newcomerBytes } : nothing
    this.#shares.set(process, { ...share, state: 'new' })
  }

  /** It has started, and nobody's code is in it. */
  blank(process: Weighed): void {
    const use = this.#read(process.pid)
    if (!use || !this.#shares.has(process)) return
    this.#blankBytes = use.ownBytes
    this.#shares.set(process, { ...use, ownBytes: this.#newcomerBytes, state: 'new' })
  }

  /** It has ended some work. */
  worked(process: Weighed): void {
    const share = this.#shares.get(process)
    if (share) share.state = 'grown'
  }

  remove(process: Weighed): void {
    this.#shares.delete(process)
  }

  close(): void {
    clearInterval(this.#timer)
  }

  get #newcomerBytes(): number {
    return this.#blankBytes + firstWorkBytes
  }

  #weighNext() {
    const grown = [...this.#shares].filter(([, { state }]) => state === 'grown').slice(0, grownAtOnce)
    const inTurn = new Map([...grown, ...this.#shares])
    for (const process of [...inTurn.keys()].slice(0, weighedAtOnce)) {
      this.#options.weighed(process, this.#weigh(process))
    }
  }

  #weigh(process: Weighed): number {
    const isNew = this.#shares.get(process)?.state === 'new'
    const use = this.#read(process.pid) ?? nothing
    const ownBytes = isNew && use !== nothing ? Math.max(use.ownBytes, this.#newcomerBytes) : use.ownBytes
    this.#shares.delete(process)
    this.#shares.set(process, { ...use, ownBytes, state: isNew ? 'new' : 'weighed' })
    return ownBytes
  }
}

const nothing: MemoryUse = { ownBytes: 0, sharedBytes: 0 }
/** Until the first one has started. */
const firstBlankBytes = 37_748_736
/** What the first isolate of a small action takes, with its first worlds. */
const firstWorkBytes = 8_388_608
/** 8 of them take about 1 ms: half a percent of the server's thread. */
const weighMs = 250
const weighedAtOnce = 8
/** The others have their turn as well: a run may grow for as long as it goes on. */
const grownAtOnce = 6
