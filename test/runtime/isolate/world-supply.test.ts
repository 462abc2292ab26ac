/** Worlds and modules that are made before there is a run for them: nobody may notice. */
import { expect, test, vi } from 'vitest'
import type { Isolate } from '../../../runtime/src/isolate/isolate.ts'
import type { RunEnd } from '../../../runtime/src/isolate/run.ts'
import { deaf, defaultRun, isolateOf } from '../guest/run-guest.ts'

/** One run, and time for the preparations after it. */
const runIn = async (isolate: Isolate): Promise<RunEnd> => {
  const end = await new Promise<RunEnd>((ended) => {
    isolate.invoke({ run: defaultRun, network: deaf, entering: () => {}, ended })
  })
  for (let turns = 0; turns < 12; turns++) await new Promise((done) => setImmediate(done))
  return end
}

/** Runs the module several times in one isolate. */
const runTimes = async (times: number, source: string): Promise<RunEnd[]> => {
  const isolate = await isolateOf(source)
  const ends: RunEnd[] = []
  for (let n = 0; n < times; n++) ends.push(await runIn(isolate))
  isolate.dispose()
  return ends
}

const texts = (ends: RunEnd[]) => ends.map(({ console }) => console.map(({ text }) => text).join())
const handler = (body: string) => `exports.onExecutePostChallenge = async (event, api) => { ${body} }`

test('every run has a module of its own, loaded ahead or not', async () => {
  const ends = await runTimes(4, `let count = 0; globalThis.kept ??= 0; ${handler('console.log(++count, ++kept)')}`)
  expect(texts(ends)).toEqual(['1 1', '1 1', '1 1', '1 1'])
})

test('a module that is pure is loaded ahead, and the run it is for pays for the loading', async () => {
  const busy = `let sum = 0; for (let n = 0; n < 3e6; n++) sum += n % 7; ${handler('console.log(sum > 0)')}`
  const ends = await runTimes(10, busy)
  expect(ends.map(({ ending }) => ending)).toEqual(Array(10).fill('completed'))
  // A thread cannot use more processor time than passes on the clock: some of it was used before the run began.
  expect(ends[0]?.cpuMs).toBeLessThan((ends[0]?.wallMs ?? 0) + 1)
  expect(ends.slice(2).some(({ cpuMs, wallMs }) => cpuMs > wallMs + 1)).toBe(true)
})

test.each([
  ['writes to the console', `console.log('loaded'); ${handler('')}`, 'loaded'],
  ['keeps a method of the console and calls it', `const { log } = console; log('loaded'); ${handler('')}`, 'loaded'],
])('what a module %s at load is in the log of every run', async (_, source, text) => {
  expect(texts(await runTimes(3, source))).toEqual([text, text, text])
})

test('a timer that a module sets at load fires in every run', async () => {
  const source = `const later = new Promise((done) => setTimeout(done, 1, 'fired')); ${handler('console.log(await later)')}`
  expect(texts(await runTimes(3, source))).toEqual(['fired', 'fired', 'fired'])
})

test.each(['Date.now()', 'Number(new Date())', 'Number(new (class extends Date {})())'])(
  'the time a module reads at load, %s, is at most a minute older than its run',
  async (expression) => {
    const source = `const loadedAt = ${expression}; ${handler('console.log(loadedAt)')}`
    const isolate = await isolateOf(source)
    const [first, second] = [await runIn(isolate), await runIn(isolate)]
    const now = performance.now()
    vi.spyOn(performance, 'now').mockImplementation(() => now + 61_000)
    const before = Date.now()
    while (Date.now() === before);
    const startedAt = Date.now()
    const late = await runIn(isolate)
    vi.restoreAllMocks()
    isolate.dispose()
    const [one, two, last] = texts([first, second, late]).map(Number)
    expect(one).toBeGreaterThan(0)
    expect(two).toBeGreaterThan(0)
    expect(last).toBeGreaterThanOrEqual(startedAt)
  },
)

test('numbers drawn at load differ from run to run', async () => {
  const ends = await runTimes(4, `const drawn = Math.random(); ${handler('console.log(drawn)')}`)
  expect(new Set(texts(ends)).size).toBe(4)
})

test('a module that fails to load fails every run with its own error', async () => {
  const ends = await runTimes(3, `let tries = 0; throw new Error('no ' + ++tries)`)
  expect(ends.map(({ error }) => error?.message)).toEqual(['no 1', 'no 1', 'no 1'])
})

test('a module that loads only now and then fails the runs in which it does not', async () => {
  const ends = await runTimes(8, `if (Math.random() < 0.5) throw new Error('bad luck'); ${handler('')}`)
  expect(ends.every(({ ending, error }) => ending === 'completed' || error?.message === 'bad luck')).toBe(true)
})

test('only an action that mentions the console pays for its formatter in every context', async () => {
  const [silent] = await runTimes(1, handler(`void 'quiet'`))
  const [speaking] = await runTimes(1, handler(`void 'console'`))
  expect(silent?.heapBytes).toBeLessThan((speaking?.heapBytes ?? 0) * 0.9)
})
