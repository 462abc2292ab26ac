/**
 * One sandbox process as the supervisor sees it. Whatever happens to it, each run it was given is answered exactly once:
 * by the process, or at the moment when it is ended or found dead.
 */
import { randomInt, randomUUID } from 'node:crypto'
import { endingError } from '../errors.ts'
import type { Compiled, Frozen } from '../isolate/freeze.ts'
import type { PackedGuest } from '../isolate/guest-snapshots.ts'
import type { Inspection, Module, Run, RunEnd } from '../isolate/run.ts'
import type { RunLimits } from '../limits.ts'
import type { EndReason } from '../observer.ts'
import { type Blame, type Flight, Flights, idleBytes } from './flights.ts'
import { type LineChannel, openLineChannel } from './line-channel.ts'
import { endingOf, endingOfExit } from './lost-process.ts'
import { type FromChild, fromChild, type ToChild } from './message.ts'
import { type Answer, type QuestionName, questions } from './questions.ts'
import { createRunFlight, type Surroundings } from './run-flight.ts'
import type { Spawned } from './spawn.ts'
import { createSpeech } from './speech.ts'
import { createWatch, type Watch } from './watch.ts'

export interface ProcessExit {
  reason: EndReason
  code: number | null
  signal: string | null
  lastWords: string
}

export interface Hooks {
  /** It can take work for the first time. */
  ready(): void
  /** A run has ended: there may be room, or the process may have served its time. */
  freed(): void
  exited(exit: ProcessExit): void
}

/** The guest's own code, run first in every context, and what the first process has made of it: shared by all of them. */
export interface GuestSource {
  prelude: string
  packed?: PackedGuest
}

export class SandboxProcess {
  readonly pid: number
  readonly #spawned: Spawned
  readonly #guest: GuestSource
  readonly #hooks: Hooks
  readonly #channel: LineChannel
  readonly #watch: Watch
  readonly #flights = new Flights()
  readonly #speech = createSpeech()
  readonly #modules = new Set<string>()
  #runsLeft = randomInt(mostRuns / 2, mostRuns)
  #largestHeapMb = 0
  #unansweredPings = 0
  #endedAt = Number.NEGATIVE_INFINITY
  #endReason: EndReason | undefined
  #retirement: 'recycled' | 'evicted' | undefined
  #isReady = false
  #hasExited = false

  constructor(spawned: Spawned, guest: GuestSource, hooks: Hooks) {
    this.#spawned = spawned
    this.#guest = guest
    this.#hooks = hooks
    this.pid = spawned.child.pid ?? 0
    this.#channel = openLineChannel(spawned.socket, {
      maximumLength: maximumMessageLength,
      admits: (length) => !this.#endReason && this.#speech.admits(length),
      received: (message) => this.#receive(message),
      broken: () => this.end('broke-protocol'),
    })
    this.#watch = createWatch({
      pid: this.pid,
      allowance: () => this.#flights.allowance(this.#modules.size),
      ping: () => this.#ping(),
      overstayed: (why, reached) => this.end(why, { reached }),
    })
    spawned.child.once('error', (error) => this.#exited({ code: null, signal: null, lastWords: error.message }))
    // Not `exit`: its last words may arrive after that.
    spawned.child.once('close', (code, signal) => this.#exited({ code, signal, lastWords: spawned.lastWords() }))
    this.#say({ type: 'open', ...guest })
  }

  /** May it take a further run, now or later? */
  get isFit(): boolean {
    return !this.#endReason && !this.#retirement && this.#runsLeft > 0 && this.#modules.size < modulesPerProcess
  }

  /** It was ended, or has ended by itself. */
  get isOver(): boolean {
    return this.#endReason !== undefined
  }

  get hasRoom(): boolean {
    return this.#flights.size < flightsPerProcess
  }

  /** Runs and inspections under way. */
  get size(): number {
    return this.#flights.size
  }

  /** Its thread was taken for longer than two looks of the watch are apart. */
  get isBusy(): boolean {
    return !this.isEmpty && this.#unansweredPings > 1
  }

  /** It has ended a run just now, and makes the world of the next. */
  get isSettling(): boolean {
    return performance.now() - this.#endedAt < settleMs
  }

  /** What it may keep of the machine's memory while it is idle. */
  get expectedBytes(): number {
    return idleBytes(this.#largestHeapMb, this.#modules.size)
  }

  get isEmpty(): boolean {
    return this.#flights.size === 0
  }

  /** Resolves for every ending. */
  run(module: Module, run: Run, around: Surroundings = {}): Promise<RunEnd> {
    const id = randomUUID()
    this.#give(module, { type: 'run', id, hash: module.hash, run: around.printed ? { ...run, live: true } : run })
    const { flight, ended } = createRunFlight(run, around, {
      cancel: () => this.#say({ type: 'cancel', id }),
      overstayed: (reached) => this.end('exceeded-wall', { run: id, reached }),
      spent: () => {
        this.#retirement ??= 'recycled'
      },
    })
    this.#take(id, flight)
    return ended
  }

  /** Loads the module once, without running a handler. */
  async inspect(module: Module, limits: RunLimits): Promise<Inspection> {
    const answer = await this.#ask('inspect', module, limits)
    if (answer.ok) return answer.value
    this.#retirement ??= 'recycled'
    return { ok: false, error: endingError(answer.ending, limits, answer.reached), loadMs: 0 }
  }

  /** Only for a process that is ended afterwards, as `freeze`. `undefined` when nothing came of it. */
  async compile(module: Module, limits: RunLimits): Promise<Compiled | undefined> {
    const answer = await this.#ask('compile', module, limits)
    return answer.ok ? answer.value : undefined
  }

  async freeze(module: Module, limits: RunLimits): Promise<Frozen | undefined> {
    const answer = await this.#ask('freeze', module, limits)
    return answer.ok ? answer.value : undefined
  }

  #ask<Name extends QuestionName>(type: Name, module: Module, limits: RunLimits): Promise<Answer<Name>> {
    const id = randomUUID()
    const { promise, resolve } = Promise.withResolvers<Answer<Name>>()
    const { answerLength, parse } = questions[type]
    this.#give(module, { type, id, hash: module.hash, limits })
    this.#take(id, {
      limits,
      answerLength,
      land: (message) => {
        const parsed = parse(message)
        if (parsed.success) resolve({ ok: true, value: parsed.data })
        return parsed.success
      },
      lose: (ending, reached) => resolve({ ok: false, ending, reached }),
    })
    return promise
  }

  /** It takes no further run, and goes with its last one. */
  retire(reason: 'recycled' | 'evicted') {
    this.#retirement ??= reason
    this.#freed()
  }

  /** Ends the process at once, and answers everything that is in flight. Safe to call twice. */
  end(reason: EndReason, blame: Blame = {}) {
    if (this.#endReason) return
    this.#endReason = reason
    this.#watch.stop()
    this.#spawned.child.kill('SIGKILL')
    this.#flights.loseAll(endingOf[reason], blame)
    this.#hooks.freed()
  }

  /**
   * Says what is to be done, and before it what with. The process sets to work while this side makes itself ready for the
   * answer, by `#take` in the same turn: answers come in later ones.
   */
  #give(module: Module, message: ToChild) {
    if (this.#endReason) return
    if (!this.#modules.has(module.hash)) this.#say({ type: 'load', module })
    this.#modules.add(module.hash)
    this.#say(message)
  }

  #take(id: string, flight: Flight) {
    if (this.#endReason) return flight.lose('crashed')
    this.#runsLeft -= 1
    this.#largestHeapMb = Math.max(this.#largestHeapMb, flight.limits.heapMb)
    this.#flights.add(id, flight)
    this.#speech.grant(flight.limits, flight.answerLength)
    this.#watch.start()
  }

  #receive(message: unknown) {
    const parsed = fromChild.safeParse(message)
    if (!parsed.success) return this.end('broke-protocol')
    // A line may come from the midst of code that never gives the thread back.
    if (parsed.data.type !== 'printed') this.#watch.signOfLife()
    this.#obey(parsed.data)
  }

  #obey(message: FromChild) {
    const flight = 'id' in message ? this.#flights.find(message.id) : undefined
    if ('id' in message && !flight) return this.end('broke-protocol')
    switch (message.type) {
      case 'ready':
        if (this.#isReady) return this.end('broke-protocol')
        this.#isReady = true
        if (message.packed) this.#guest.packed = message.packed
        return this.#hooks.ready()
      case 'pong':
        this.#unansweredPings = 0
        return
      case 'entering':
        return this.#flights.entered(message.id)
      case 'egress':
        return void this.#transmit(message)
      case 'egress-abandoned':
        return flight?.egress?.abort(message.requestId)
      case 'printed':
        if (!flight?.print?.(message.first, message.lines)) this.end('broke-protocol')
        return
      case 'ended':
      case 'inspected':
      case 'compiled':
      case 'frozen':
        if (!this.#flights.land(message)) return this.end('broke-protocol')
        if (flight) this.#speech.revoke(flight.limits, flight.answerLength)
        this.#endedAt = performance.now()
        return this.#freed()
    }
  }

  #freed() {
    if (this.isEmpty && !this.isFit) this.end(this.#retirement ?? 'recycled')
    else this.#hooks.freed()
  }

  #ping() {
    this.#unansweredPings += 1
    this.#say({ type: 'ping' })
  }

  /** A run that is no longer in flight sends nothing, and gets no answer. */
  async #transmit({ id, request }: Extract<FromChild, { type: 'egress' }>) {
    const answer = await this.#flights.find(id)?.egress?.send(request)
    if (answer && this.#flights.find(id)) this.#say({ type: 'egress-answer', id, requestId: request.id, answer })
  }

  #exited(exit: Omit<ProcessExit, 'reason'>) {
    if (this.#hasExited) return
    this.#hasExited = true
    const reason = this.#endReason ?? 'exit'
    this.#endReason = reason
    this.#watch.stop()
    this.#spawned.socket.destroy()
    this.#flights.loseAll(endingOfExit(exit.lastWords))
    this.#hooks.exited({ ...exit, reason })
  }

  #say(message: ToChild) {
    this.#channel.send(message)
  }
}

/** The largest console (1 MiB, each character escaped) and the commands. */
const maximumMessageLength = 8_388_608
const flightsPerProcess = 64
/** A world for a small action takes about half of it. */
const settleMs = 1
/** Half as many at least, drawn for each process, so that those of a busy time do not all go at once. */
const mostRuns = 20_000
const modulesPerProcess = 16
