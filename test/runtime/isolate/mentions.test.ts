/** What a module's text names of the guest's libraries is evaluated ahead of its run, and nothing else is. */
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { buildGuest } from '../../../runtime/src/bundle/build-guest.ts'
import { wrapModule } from '../../../runtime/src/bundle/module-wrapper.ts'
import { pack } from '../../../runtime/src/isolate/ahead.ts'
import { freezeModule } from '../../../runtime/src/isolate/freeze.ts'
import { createGuestSnapshots } from '../../../runtime/src/isolate/guest-snapshots.ts'
import { createIsolate } from '../../../runtime/src/isolate/isolate.ts'
import { watchLoading } from '../../../runtime/src/isolate/loading.ts'
import type { Module, RunEnd } from '../../../runtime/src/isolate/run.ts'
import { deaf, defaultRun, limits } from '../guest/run-guest.ts'

/** The runtime's own: tests have no isolates of theirs. */
const ivm = createRequire(new URL('../../../runtime/package.json', import.meta.url))('isolated-vm')
const guest = createGuestSnapshots(await buildGuest())
const handler = (body: string) => `exports.onExecutePostChallenge = async (event, api) => { ${body} }`
const moduleOf = (source: string): Module => ({ hash: source, code: wrapModule(source), fileName: 'action.js' })

const mentionsOf = (source: string) => {
  const module = moduleOf(source)
  const isolate = new ivm.Isolate({ snapshot: guest.silent })
  const script = isolate.compileScriptSync(module.code)
  const loading = watchLoading({ isolate, script, module, timeoutMs: 5_000 })
  isolate.dispose()
  return loading?.mentions
}

test.each([
  ['a global', 'Buffer.from(event.user.name)', ['Buffer']],
  ['several, each once', 'await fetch(new URL(event.url)); await fetch(event.url)', ['fetch', 'URL']],
  ['a module that is required in the handler', 'require("crypto").randomUUID()', ['node:crypto']],
  ['a module by its whole name', 'require("node:timers/promises")', ['node:timers/promises']],
  ['a property of something', 'event.request.URL, event.process, api.fetch', []],
  ['a part of another name', 'const setResultURL = 1, prefetch = 2, BufferOf = 3', []],
  ['a module that is not there', 'require("left-pad")', []],
  ['what nobody has loaded', '1 + 1', []],
])('%s', (_, body, mentions) => {
  expect(mentionsOf(handler(`if (event.never) { ${body} }`))).toEqual(mentions)
})

test('what an author has made of the builtins has no say in it', () => {
  const hostile = `RegExp.prototype.exec = () => null; String.prototype.indexOf = () => -1; Object.keys = () => []`
  expect(mentionsOf(`${hostile}; ${handler('if (event.never) { Buffer; require("util") }')}`)).toEqual([
    'Buffer',
    'node:util',
  ])
})

/** Whether the global is there, or will be made when it is read. */
const look = (name: string) =>
  `console.log('get' in Object.getOwnPropertyDescriptor(globalThis, ['${[...name].join(`','`)}'].join('')) ? 'later' : 'there')`

const runTimes = async (times: number, module: Module): Promise<string[]> => {
  const isolate = createIsolate({ guest, module, heapMb: limits.heapMb })
  const said: string[] = []
  for (let n = 0; n < times; n++) {
    const end = await new Promise<RunEnd>((ended) => {
      isolate.invoke({ run: defaultRun, network: deaf, entering: () => {}, ended })
    })
    said.push(end.error?.message ?? end.console.map(({ text }) => text).join())
    for (let turns = 0; turns < 12; turns++) await new Promise((done) => setImmediate(done))
  }
  isolate.dispose()
  return said
}

test('a run that comes first makes what it uses; those after it find it made', async () => {
  expect(await runTimes(3, moduleOf(handler(`${look('Buffer')}; if (event.never) Buffer`)))).toEqual([
    'later',
    'there',
    'there',
  ])
})

test('what the text does not name is made by no run but its own', async () => {
  expect(await runTimes(3, moduleOf(handler(look('Buffer'))))).toEqual(['later', 'later', 'later'])
})

test('a snapshot of the module has what its text names', async () => {
  const module = moduleOf(handler(`${look('Buffer')}; console.log(Buffer.from('b').toString('hex')); await fetch`))
  const packed = pack(freezeModule({ guest, module, limits }))
  expect(await runTimes(2, { ...module, ahead: { kind: 'snapshot', packed } })).toEqual(['there,62', 'there,62'])
})
