/**
 * What all sandbox processes together take of the machine's memory, against what they may. Their own pages are added up;
 * those of the files that all of them map count once. They are weighed in turns, never for a run.
 */
import { type MemoryUse, readMemoryUse } from './memory-use.ts'

interface Options<Weighed> {
  limitBytes: number
  /** What a process counts for until it is weighed in its turn: it grows with its first work. */
  newcomerBytes: number
  /** Called with each figure that is new. */
  weighed(process: Weighed, ownBytes: number): void
  /** `undefined` where the system does not say: then nothing counts. */
  read?: (pid: number) => MemoryUse | undefined
}

export class MemoryBudget<Weighed extends { pid: number }> {
  readonly #options: Options<Weighed>
  readonly #read: (pid: number) => MemoryUse | undefined
  /** What each process takes of its own, the longest unweighed first. */
  readonly #ownBytes = new Map<Weighed, number>()
  readonly #timer: NodeJS.Timeout
  #sharedBytes = 0

  constructor(options: Options<Weighed>) {
    this.#options = options
    this.#read = options.read ?? readMemoryUse
    this.#timer = setInterval(() => this.#weighNext(), weighMs).unref()
  }

  get limitBytes(): number {
    return this.#options.limitBytes
  }

  get usedBytes(): number {
    let sum = this.#sharedBytes
    for (const own of this.#ownBytes.values()) sum += own
    return sum
  }

  get isExceeded(): boolean {
    return this.usedBytes > this.limitBytes
  }

  bytesOf(process: Weighed): number {
    return this.#ownBytes.get(process) ?? 0
  }

  add(process: Weighed): void {
    this.#weigh(process)
    const bytes = this.bytesOf(process)
    if (bytes > 0) this.#ownBytes.set(process, Math.max(bytes, this.#options.newcomerBytes))
  }

  remove(process: Weighed): void {
    this.#ownBytes.delete(process)
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #weighNext() {
    for (const process of [...this.#ownBytes.keys()].slice(0, weighedAtOnce)) {
      this.#weigh(process)
      this.#options.weighed(process, this.bytesOf(process))
    }
  }

  #weigh(process: Weighed) {
    const use = this.#read(process.pid)
    this.#ownBytes.delete(process)
    this.#ownBytes.set(process, use?.ownBytes ?? 0)
    this.#sharedBytes = use?.sharedBytes ?? this.#sharedBytes
  }
}

/** 32 of them take about 5 ms: half a percent of the server's thread. */
const weighMs = 1_000
const weighedAtOnce = 32
