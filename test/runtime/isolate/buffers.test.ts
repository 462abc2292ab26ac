import { expect, test } from 'vitest'
import type { RunEnd } from '../../../runtime/src/isolate/run.ts'
import { deaf, defaultRun, isolateOf, limits, runBody, runModule } from '../guest/run-guest.ts'

const tight = { limits: { ...limits, externalMb: 4 } }
const keep = (megabytes: number) => `globalThis.kept = new Uint8Array(${megabytes} * 1048576).fill(1)`

test('buffers that are held beyond the limit end the run, which names the limit', async () => {
  const end = await runBody(`console.log('before'); ${keep(6)}`, tight)
  expect(end).toMatchObject({
    ending: 'exceeded-heap',
    error: {
      code: 'ERR_RUN_EXCEEDED_HEAP',
      message: expect.stringMatching(
        /^The action holds more than 4 MB in ArrayBuffers \(limit "externalMb", reached: [67] MB\)\.$/,
      ),
    },
    commands: [],
    console: [{ level: 'log', text: 'before' }],
  })
})

test('so do many small ones, and those of a later stretch of code', async () => {
  const small = `globalThis.kept = []; for (let n = 0; n < 600; n++) kept.push(new ArrayBuffer(10_000))`
  expect((await runBody(small, tight)).ending).toBe('exceeded-heap')
  expect((await runBody(`await new Promise((done) => setTimeout(done)); ${keep(6)}`, tight)).ending).toBe(
    'exceeded-heap',
  )
})

test('buffers within the limit, and buffers that are garbage already, end nothing', async () => {
  expect((await runBody(keep(3), tight)).ending).toBe('completed')
  const garbage = `for (let n = 0; n < 20; n++) new Uint8Array(1048576).fill(n)`
  expect((await runBody(garbage, tight)).ending).toBe('completed')
})

test('what is loaded ahead for later runs is not held against the run before them', async () => {
  const source = `const kept = new Uint8Array(1.5 * 1048576).fill(1)\nexports.onExecutePostChallenge = async () => kept.length`
  const isolate = await isolateOf(source)
  const run = { ...defaultRun, limits: { ...limits, externalMb: 4 } }
  const endings = new Set<string>()
  const ended = ({ ending }: RunEnd) => void endings.add(ending)
  for (let round = 0; round < 6; round++) {
    // A burst asks for many ahead; then the thread is free to make them.
    for (let n = 0; n < 16; n++) isolate.invoke({ run, network: deaf, entering: () => {}, ended })
    for (let n = 0; n < 20; n++) await new Promise((done) => setImmediate(done))
  }
  isolate.dispose()
  expect(endings).toEqual(new Set(['completed']))
})

test('buffers made while the module loads count too', async () => {
  const source = `const kept = new ArrayBuffer(6 * 1048576)\nexports.onExecutePostChallenge = async () => { await new Promise((done) => setTimeout(done)); kept.byteLength }`
  expect((await runModule(source, tight)).ending).toBe('exceeded-heap')
})

test('a buffer that no memory is left for names the limit, in the message and in the stack', async () => {
  const text = new RegExp(`^Array buffer allocation failed: .* ${limits.heapMb} MB of memory \\(limit "heapMb"\\)\\.$`)
  const end = await runBody(`new Uint8Array(${2 * limits.heapMb} * 1048576)`)
  expect(end).toMatchObject({ ending: 'threw', error: { name: 'RangeError', message: expect.stringMatching(text) } })
  expect(end.error?.stack).toMatch(/^RangeError: .*\(limit "heapMb"\)\.\n {4}at /)
})
