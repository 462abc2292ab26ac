/**
 * `performance`, as far as a run has a clock: whole milliseconds since the run began. Marks and measures are kept for who asks
 * for them; of the server nothing is told.
 */
import { invalidArgumentType, nodeError } from '../node-error.ts'
import { surroundings } from '../surroundings.ts'
import { elapsedMs } from './clock.ts'
import { EventTarget } from './event-target.ts'
import { inspectSymbol, showFields } from './inspected.ts'
import { late } from './late.ts'
import { enumerable, named, tag } from './named.ts'

const key = {}

let detailOf: (entry: PerformanceEntry) => unknown

interface Facts {
  name: string
  entryType: 'mark' | 'measure'
  startTime: number
  duration: number
  detail: unknown
}

const illegal = () => nodeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor')

class PerformanceEntry {
  readonly #facts: Facts

  static {
    detailOf = (entry) => entry.#facts.detail
  }

  constructor(...given: readonly unknown[]) {
    const [held, facts] = given
    if (held !== key) throw illegal()
    this.#facts = facts as Facts
  }

  get name(): string {
    return this.#facts.name
  }
  get entryType(): string {
    return this.#facts.entryType
  }
  get startTime(): number {
    return this.#facts.startTime
  }
  get duration(): number {
    return this.#facts.duration
  }
  toJSON(): object {
    const { name, entryType, startTime, duration } = this
    return { name, entryType, startTime, duration }
  }
  [inspectSymbol](depth: unknown, options: unknown): string {
    return showFields(this.constructor.name, this.toJSON(), [depth, options])
  }
}

interface MarkOptions {
  startTime?: unknown
  detail?: unknown
}

const copyDetail = (detail: unknown): unknown =>
  detail === undefined || detail === null ? null : late('clone').load().globals.structuredClone(detail, undefined)

class PerformanceMark extends PerformanceEntry {
  constructor(name: unknown, given: unknown = undefined) {
    const { startTime = elapsedMs(), detail } = (given ?? {}) as MarkOptions
    if (typeof startTime !== 'number') throw invalidArgumentType('startTime', 'number', startTime)
    if (startTime < 0)
      throw nodeError(TypeError, 'ERR_PERFORMANCE_INVALID_TIMESTAMP', `${startTime} is not a valid timestamp`)
    super(key, { name: `${name}`, entryType: 'mark', startTime, duration: 0, detail: copyDetail(detail) })
  }
  get detail(): unknown {
    return detailOf(this)
  }
  override toJSON(): object {
    return { ...super.toJSON(), detail: this.detail }
  }
}

class PerformanceMeasure extends PerformanceEntry {
  get detail(): unknown {
    return detailOf(this)
  }
  override toJSON(): object {
    return { ...super.toJSON(), detail: this.detail }
  }
}

interface MeasureOptions {
  start?: unknown
  end?: unknown
  duration?: unknown
  detail?: unknown
}

class Performance extends EventTarget {
  #entries: PerformanceEntry[] = []

  constructor(...given: readonly unknown[]) {
    if (given[0] !== key) throw illegal()
    super()
  }

  get timeOrigin(): number {
    // Read so that it is noticed where a module does so while it loads: it may not be kept for other runs.
    void Date.now()
    return surroundings.startedAtMs
  }
  now(): number {
    return elapsedMs()
  }
  mark(name: unknown, options: unknown = undefined): PerformanceMark {
    const mark = new PerformanceMark(name, options)
    this.#entries.push(mark)
    return mark
  }
  /** A time, or that of the mark of this name that was made last. */
  #timeOf(given: unknown, usual: number): number {
    if (given === undefined) return usual
    if (typeof given === 'number') return given
    const found = this.#entries.findLast(({ entryType, name }) => entryType === 'mark' && name === `${given}`)
    if (found !== undefined) return found.startTime
    const { DOMException } = late('exceptions').load()
    throw new DOMException(`The "${given}" performance mark has not been set`, 'SyntaxError')
  }
  measure(name: unknown, given: unknown = undefined, endMark: unknown = undefined): PerformanceMeasure {
    const options = (typeof given === 'object' && given !== null ? given : { start: given }) as MeasureOptions
    const { duration } = options
    const length = typeof duration === 'number' ? duration : 0
    const end = options.end ?? endMark
    const endTime =
      end === undefined && duration !== undefined && options.start !== undefined
        ? this.#timeOf(options.start, 0) + length
        : this.#timeOf(end, elapsedMs())
    const startTime =
      options.start === undefined && duration !== undefined ? endTime - length : this.#timeOf(options.start, 0)
    const times = { startTime, duration: endTime - startTime }
    const detail = copyDetail(options.detail)
    const measure = new PerformanceMeasure(key, { name: `${name}`, entryType: 'measure', ...times, detail })
    this.#entries.push(measure)
    return measure
  }
  getEntries(): PerformanceEntry[] {
    return this.#entries.toSorted((left, right) => left.startTime - right.startTime)
  }
  getEntriesByName(name: unknown, type: unknown = undefined): PerformanceEntry[] {
    return this.getEntries().filter((one) => one.name === `${name}` && (type === undefined || one.entryType === type))
  }
  getEntriesByType(type: unknown): PerformanceEntry[] {
    return this.getEntries().filter(({ entryType }) => entryType === type)
  }
  #clear(type: string, name: unknown): void {
    this.#entries = this.#entries.filter(
      (one) => one.entryType !== type || (name !== undefined && one.name !== `${name}`),
    )
  }
  clearMarks(name: unknown = undefined): void {
    this.#clear('mark', name)
  }
  clearMeasures(name: unknown = undefined): void {
    this.#clear('measure', name)
  }
  toJSON(): object {
    return { timeOrigin: this.timeOrigin }
  }
  override [inspectSymbol](depth: unknown, options: unknown): string {
    return showFields('Performance', { timeOrigin: this.timeOrigin }, [depth, options])
  }
}

enumerable(PerformanceEntry, 'name', 'entryType', 'startTime', 'duration', 'toJSON')
tag(PerformanceEntry, 'PerformanceEntry')
tag(PerformanceMark, 'PerformanceMark')
tag(PerformanceMeasure, 'PerformanceMeasure')
tag(Performance, 'Performance')

export const globals = {
  ...named({ Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure }),
  performance: new Performance(key),
}
