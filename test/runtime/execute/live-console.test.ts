/** The console of a run while it is under way. */
import type { PrintedLines } from '@interlock/runtime'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Print, RunEnd } from '../../../runtime/src/isolate/run.ts'
import { createGate, type Gate, patient } from '../../support/gate.ts'
import { executing, openRuntime, type Request, type TestRuntime } from '../../support/runtime.ts'
import { deaf, defaultRun, isolateOf, limits } from '../guest/run-guest.ts'

let gate: Gate
let runtime: TestRuntime
beforeAll(async () => {
  gate = createGate()
  runtime = await openRuntime({ processes: 1, egress: gate.egress })
})
afterAll(() => runtime.close())

/** What was told, and a promise for the next time something is. */
const listen = () => {
  const told: PrintedLines[] = []
  let next = Promise.withResolvers<void>()
  return {
    told,
    lines: () => told.flatMap(({ lines }) => lines),
    texts: () => told.flatMap(({ lines }) => lines.map(({ text }) => text)),
    printed: (printed: PrintedLines) => {
      told.push(printed)
      next.resolve()
      next = Promise.withResolvers()
    },
    next: () => next.promise,
  }
}

/** A line may be told before the request that follows it has left. */
const openGate = async () => {
  await vi.waitFor(() => expect(gate.waiting).toHaveLength(1))
  gate.openFor('all')
}

const throughGate = `await fetch('https://gate.example/')`

test('lines come while the run waits, in order, and all of them once', async () => {
  const { told, lines, texts, printed, next } = listen()
  const first = next()
  const running = runtime.run(
    executing(`console.log('before'); console.warn({ a: 1 }); ${throughGate}; console.error('after')`),
    { printed, limits: patient },
  )
  await first
  while (texts().length < 2) await next()
  expect(texts()).toEqual(['before', '{ a: 1 }'])
  await openGate()
  const report = await running
  expect(lines().map(({ level, text }) => ({ level, text }))).toEqual(report.console)
  expect(report.console).toHaveLength(3)
  expect(lines().map(({ index }) => index)).toEqual([0, 1, 2])
  const times = lines().map(({ at }) => at)
  expect(times).toEqual(times.toSorted((one, other) => one - other))
  expect(times[0]).toBeGreaterThanOrEqual(report.startedAt)
  expect(times[2]).toBeLessThanOrEqual(Date.now())
  for (const { action, handler, startedAt } of told)
    expect({ action, handler, startedAt }).toEqual({
      action: 0,
      handler: 'onExecutePostChallenge',
      startedAt: report.startedAt,
    })
})

test('also from the midst of code that never gives the thread back: its process is killed at the first line', async () => {
  const { texts, printed } = listen()
  const kill = (lines: PrintedLines) => {
    printed(lines)
    for (const pid of runtime.living) process.kill(pid, 'SIGKILL')
  }
  const { ending, console } = await runtime.run(executing(`console.log('last words'); for (;;);`), {
    printed: kill,
    limits: { cpuMs: 20_000, wallMs: 60_000 },
  })
  expect({ ending, console }).toEqual({ ending: 'crashed', console: [] })
  expect(texts()).toEqual(['last words'])
})

// In an isolate of this process: a supervisor may take the whole process away before the run can be cut off.
test('of a run that is cut off the last lines are told too, before its end', async () => {
  const told: string[] = []
  const isolate = await isolateOf(executing(`for (let n = 1; ; n++) if (n <= 500) console.log(n)`))
  const { ending, console } = await new Promise<RunEnd>((ended) => {
    const print: Print = ({ lines }) => told.push(...(lines as { text: string }[]).map(({ text }) => text))
    const run = { ...defaultRun, live: true, limits: { ...limits, cpuMs: 200 } } as const
    isolate.invoke({ run, network: deaf, print, entering: () => {}, ended })
  })
  isolate.dispose()
  expect(ending).toBe('exceeded-cpu')
  expect(told).toEqual(console.map(({ text }) => text))
  expect(told.length).toBeGreaterThan(32)
})

test('a flood is told as far as the report holds it, many lines at a time', async () => {
  const { told, texts, printed } = listen()
  const report = await runtime.run(executing(`for (let n = 0; n < 30_000; n++) console.log(n)`), { printed })
  expect(report).toMatchObject({ ending: 'completed', consoleTruncated: true })
  expect(texts()).toHaveLength(10_000)
  expect(texts()).toEqual(report.console.map(({ text }) => text))
  expect(told.length).toBeLessThan(500)
})

test.each([
  ['every character escaped', `'\\0'.repeat(300_000)`],
  ['of four bytes', `'👩'.repeat(100_000)`],
  ['half of a pair', `'\\ud83d'.repeat(100_000)`],
])('the largest line, %s, is told whole', async (_, text) => {
  const { texts, printed } = listen()
  const report = await runtime.run(executing(`console.log(${text})`), { printed })
  expect(report.ending).toBe('completed')
  expect(texts()).toEqual(report.console.map(({ text }) => text))
})

test('stacks have the author’s lines, as in the report', async () => {
  const { texts, printed } = listen()
  const source = `interface A { b: string }\n\nexport const onExecutePostChallenge = async () => {\n  console.log(new Error('here'))\n}`
  const report = await runtime.run(source, { printed })
  expect(texts()).toEqual([expect.stringMatching(/Error: here\n {4}at .*action\.ts:4:15/)])
  expect(texts()).toEqual(report.console.map(({ text }) => text))
})

test('actions and their handlers are told apart', async () => {
  const { told, printed } = listen()
  await runtime.execute(
    [executing(`console.log('one')`), executing(`console.log('two'); setTimeout(() => console.log('never'), 1)`)],
    { printed },
  )
  expect(told.map(({ action, lines }) => [action, ...lines.map(({ text, index }) => `${index} ${text}`)])).toEqual([
    [0, '0 one'],
    [1, '0 two'],
  ])
})

test('a module that was loaded ahead, or from a snapshot, is no exception', async () => {
  const large = `const words = Array.from({ length: 40_000 }, (_, n) => 'w' + n).sort()\n${executing(`console.log(words.length); ${throughGate}`)}`
  for (let round = 0; round < 3; round++) {
    const { texts, printed, next } = listen()
    const first = next()
    const running = runtime.run(large, { printed, limits: patient })
    await first
    expect(texts()).toEqual(['40000'])
    await openGate()
    expect((await running).ending).toBe('completed')
  }
})

test('an author who has bent the builtins bends nothing of what is told', async () => {
  const { texts, printed } = listen()
  const bent = `
    Object.prototype.toJSON = () => 'bent'; Array.prototype.toJSON = () => []; String.prototype.toJSON = () => 'bent'
    Date.now = () => { throw new Error('no clock') }; JSON.stringify = () => '{}'
    Object.defineProperty(Object.prototype, 'at', { set() { throw new Error('no time') } })
    console.log('as it was')`
  const report = await runtime.run(executing(bent), { printed })
  expect(report).toMatchObject({ ending: 'completed', warnings: [] })
  expect(texts()).toEqual(['as it was'])
})

test('a run that is canceled tells nothing more', async () => {
  const { texts, printed, next } = listen()
  const controller = new AbortController()
  const request: Request = { printed, limits: patient, signal: controller.signal }
  const first = next()
  const running = runtime.run(executing(`console.log('first'); ${throughGate}; console.log('second')`), request)
  await first
  controller.abort()
  expect((await running).ending).toBe('canceled')
  gate.openFor('all')
  expect((await runtime.run(executing(''))).ending).toBe('completed')
  expect(texts()).toEqual(['first'])
})

test('who does not ask gets lines with the report alone', async () => {
  const { console } = await runtime.run(executing(`console.log('quiet')`))
  expect(console).toEqual([{ level: 'log', text: 'quiet' }])
})
