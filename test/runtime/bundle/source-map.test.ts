import { expect, test } from 'vitest'
import { createStackMapper, originalPosition } from '../../../runtime/src/bundle/source-map.ts'
import { runModule } from '../guest/run-guest.ts'
import { artifactOf } from './build-action.ts'

/** The name the guest tests compile modules under; nothing in it is the author's. */
const compiledName = 'action.js'

/** Frames of what the handler throws, mapped. */
const stackOf = async (source: string): Promise<string[]> => {
  const artifact = await artifactOf(source)
  const end = await runModule(artifact.code)
  return createStackMapper(artifact, compiledName)
    .map(end.error?.stack ?? '')
    .split('\n')
}

test('a stack of JavaScript names the line and column the author wrote', async () => {
  const stack = await stackOf(`// first
/* second */

exports.onExecutePostChallenge = async (event, api) => {
  const user = undefined
  user.email
}`)
  expect(stack).toEqual([
    "TypeError: Cannot read properties of undefined (reading 'email')",
    '    at exports.onExecutePostChallenge (action.js:6:8)',
  ])
})

test('a stack of TypeScript skips the types', async () => {
  const stack = await stackOf(`interface Account {
  id: string
}

const check = (account: Account): never => {
  throw new RangeError(account.id)
}
export const onExecutePostChallenge = async (event: unknown, api: unknown) => {
  check({ id: 'x' })
}`)
  expect(stack).toEqual([
    'RangeError: x',
    '    at check (action.ts:6:9)',
    '    at onExecutePostChallenge (action.ts:9:3)',
  ])
})

test('the first line is right although the wrapper stands before it', async () => {
  const stack = await stackOf(`exports.onExecutePostChallenge = async () => { throw new Error('x') }`)
  expect(stack[1]).toBe('    at exports.onExecutePostChallenge (action.js:1:54)')
})

test('builtins between lines of the author are kept, and our own frames are not', async () => {
  const stack = await stackOf(`exports.onExecutePostChallenge = async (event, api) => {
  [1].forEach(() => api.access.deny(1))
}`)
  expect(stack).toEqual([
    'TypeError: access.deny: "reason" must be a string',
    '    at action.js:2:32',
    '    at Array.forEach (<anonymous>)',
    '    at exports.onExecutePostChallenge (action.js:2:7)',
  ])
})

test('a source map the author brings is not believed', async () => {
  const forged = Buffer.from(
    JSON.stringify({ version: 3, sources: ['/etc/passwd'], names: [], mappings: 'AAAA;AACA' }),
  ).toString('base64')
  const source = `exports.onExecutePostChallenge = async () => {\n  throw new Error('x')\n}\n//# sourceMappingURL=data:application/json;base64,${forged}\n`
  const artifact = await artifactOf(source)
  expect(artifact.sourceMap).not.toContain('passwd')
  expect((await stackOf(source))[1]).toBe('    at exports.onExecutePostChallenge (action.js:2:9)')
})

const artifactPromise = artifactOf(`exports.a = 1`)

test('no name of a file of ours is left', async () => {
  const stack = `Error: x
    at exports.a (interlock:action-1:1:50)
    at runHandler (interlock:guest:13:41621)
    at Object.start (file:///srv/interlock/runtime/src/guest/boot.ts:1:2)
    at <isolated-vm>:1:5
    at async Promise.all (index 0)
    at node:internal/process/task_queues:1:2`
  const mapped = createStackMapper(await artifactPromise, 'interlock:action-1').map(stack)
  expect(mapped).toBe('Error: x\n    at exports.a (action.js:1:1)')
})

test.each([
  'look at interlock:action-1:1:50\nat the line',
  'we met\n    at the park\n    at noon: 12:30',
  '{\n    at (interlock:guest)\n}',
])('text that is no stack passes unchanged: %j', async (text) => {
  expect(createStackMapper(await artifactPromise, 'interlock:action-1').map(text)).toBe(text)
})

test('an error as the console shows it keeps its fields when its last frame was ours', async () => {
  const shown = `Error: x
    at exports.a (interlock:action-1:1:50)
    at runHandler (interlock:guest:13:41621) {
  code: 'E_X',
  [cause]: RangeError: y
      at exports.a (interlock:action-1:1:50)
}`
  expect(createStackMapper(await artifactPromise, 'interlock:action-1').map(shown)).toBe(`Error: x
    at exports.a (action.js:1:1) {
  code: 'E_X',
  [cause]: RangeError: y
      at exports.a (action.js:1:1)
}`)
})

test('a text as long as a console may be is mapped in time, whatever stands in it', async () => {
  const mapper = createStackMapper(await artifactPromise, 'interlock:action-1')
  for (const piece of [':1', ' at ', '    at x (interlock:action-1:1:50)\n', '1:', '(', ' {', '\n'])
    expect(typeof mapper.map(`    at ${piece.repeat(1_048_576 / piece.length)}`)).toBe('string')
})

test('code that the compiler added has no position', async () => {
  const artifact = await artifactOf(`export const onExecutePostChallenge = async () => {}`)
  expect(originalPosition(artifact, { line: 1, column: 60 })).toBeUndefined()
  expect(originalPosition(artifact, { line: 0, column: 0 })).toBeUndefined()
  expect(originalPosition(artifact, { line: 9_999, column: 1 })).toBeUndefined()
})
