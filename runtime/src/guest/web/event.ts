/** `Event` and `CustomEvent` of the DOM standard, as Node has them: one target, no tree. */
import { invalidArgumentType, missingArguments } from '../node-error.ts'
import { elapsedMs } from './clock.ts'
import { inspectSymbol, showFields } from './inspected.ts'
import { enumerable, tag } from './named.ts'

interface Init {
  bubbles?: unknown
  cancelable?: unknown
  composed?: unknown
  detail?: unknown
}

const phases = { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 }

/** For `EventTarget` only. */
export let beginDispatch: (event: Event, target: object) => void
export let endDispatch: (event: Event) => void
export let isDispatched: (event: Event) => boolean
/** Whether a listener has asked that no other be called. */
export let isStopped: (event: Event) => boolean
/** Marks it as the platform's own, and answers it. */
export let trust: (event: Event) => Event
/** What a passive listener refuses is not refused. */
export let setPassive: (event: Event, passive: boolean) => void

export class Event {
  #type: string
  #bubbles: boolean
  #cancelable: boolean
  readonly #composed: boolean
  readonly #timeStamp = elapsedMs()
  #target: object | null = null
  #isDispatched = false
  #isRefused = false
  #isPassive = false
  #isTrusted = false
  #propagation: 'goes on' | 'stopped' | 'stopped at once' = 'goes on'

  static {
    beginDispatch = (event, target) => {
      event.#target = target
      event.#isDispatched = true
    }
    endDispatch = (event) => {
      event.#isDispatched = false
    }
    isDispatched = (event) => event.#isDispatched
    isStopped = (event) => event.#propagation === 'stopped at once'
    trust = (event) => {
      event.#isTrusted = true
      return event
    }
    setPassive = (event, passive) => {
      event.#isPassive = passive
    }
  }

  constructor(type: unknown, init: unknown = undefined) {
    if (arguments.length === 0) throw missingArguments('type')
    if (init !== undefined && init !== null && typeof init !== 'object')
      throw invalidArgumentType('options', 'Object', init)
    const { bubbles, cancelable, composed } = (init ?? {}) as Init
    this.#type = `${type}`
    this.#bubbles = !!bubbles
    this.#cancelable = !!cancelable
    this.#composed = !!composed
  }

  initEvent(type: unknown, ...[bubbles, cancelable]: unknown[]): void {
    if (arguments.length === 0) throw missingArguments('type')
    if (this.#isDispatched) return
    this.#type = `${type}`
    this.#bubbles = !!bubbles
    this.#cancelable = !!cancelable
  }
  stopPropagation(): void {
    if (this.#propagation === 'goes on') this.#propagation = 'stopped'
  }
  stopImmediatePropagation(): void {
    this.#propagation = 'stopped at once'
  }
  preventDefault(): void {
    if (this.#cancelable && !this.#isPassive) this.#isRefused = true
  }
  composedPath(): object[] {
    return this.#isDispatched && this.#target !== null ? [this.#target] : []
  }
  get type(): string {
    return this.#type
  }
  get target(): object | null {
    return this.#target
  }
  get currentTarget(): object | null {
    return this.#isDispatched ? this.#target : null
  }
  get srcElement(): object | null {
    return this.#target
  }
  get cancelable(): boolean {
    return this.#cancelable
  }
  get defaultPrevented(): boolean {
    return this.#isRefused
  }
  get timeStamp(): number {
    return this.#timeStamp
  }
  get bubbles(): boolean {
    return this.#bubbles
  }
  get composed(): boolean {
    return this.#composed
  }
  get eventPhase(): number {
    return this.#isDispatched ? phases.AT_TARGET : phases.NONE
  }
  get returnValue(): boolean {
    return !this.#isRefused
  }
  set returnValue(value: unknown) {
    if (!value) this.preventDefault()
  }
  get cancelBubble(): boolean {
    return this.#propagation !== 'goes on'
  }
  set cancelBubble(value: unknown) {
    if (value) this.stopPropagation()
  }
  get isTrusted(): boolean {
    return this.#isTrusted
  }
  [inspectSymbol](depth: unknown, options: unknown): string {
    const { type, defaultPrevented, cancelable, timeStamp } = this
    return showFields(this.constructor.name, { type, defaultPrevented, cancelable, timeStamp }, [depth, options])
  }
}

const members = [
  'initEvent',
  'stopImmediatePropagation',
  'preventDefault',
  'target',
  'currentTarget',
  'srcElement',
  'type',
  'cancelable',
  'defaultPrevented',
  'timeStamp',
  'composedPath',
  'returnValue',
  'bubbles',
  'composed',
  'eventPhase',
  'cancelBubble',
  'stopPropagation',
  'isTrusted',
]
enumerable(Event, ...members)
tag(Event, 'Event')
for (const target of [Event, Event.prototype])
  for (const [name, value] of Object.entries(phases)) Object.defineProperty(target, name, { value, enumerable: true })

export class CustomEvent extends Event {
  readonly #detail: unknown

  constructor(type: unknown, init: unknown = undefined) {
    if (arguments.length === 0) throw missingArguments('type')
    super(type, init)
    this.#detail = (init as Init | undefined)?.detail ?? null
  }

  get detail(): unknown {
    return this.#detail
  }
}
enumerable(CustomEvent, 'detail')
tag(CustomEvent, 'CustomEvent')
