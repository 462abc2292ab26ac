/** Every module of Node that an action may load: loading it starts nothing, and its version can be frozen. Harmless code only. */
import { beforeAll, expect, test } from 'vitest'
import { buildGuest } from '../../../runtime/src/bundle/build-guest.ts'
import { wrapModule } from '../../../runtime/src/bundle/module-wrapper.ts'
import { loaders } from '../../../runtime/src/guest/node/index.ts'
import { pack } from '../../../runtime/src/isolate/ahead.ts'
import { compileAhead, freezeModule } from '../../../runtime/src/isolate/freeze.ts'
import { createGuestSnapshots, type GuestSnapshots } from '../../../runtime/src/isolate/guest-snapshots.ts'
import { createIsolate } from '../../../runtime/src/isolate/isolate.ts'
import type { Module, RunEnd } from '../../../runtime/src/isolate/run.ts'
import { deaf, defaultRun, limits } from '../guest/run-guest.ts'

let guest: GuestSnapshots
beforeAll(async () => {
  guest = createGuestSnapshots(await buildGuest())
})

const names = Object.keys(loaders)

/** The whole of each module is looked at while it loads: getters that evaluate more are read too. */
const moduleOf = (...names: string[]): Module => {
  const source = `
    const look = (name) => {
      const it = require(name)
      return [name, typeof it, ...Object.keys(it).map((key) => { try { return typeof it[key] } catch (error) { return error.code } })]
    }
    const seen = ${JSON.stringify(names)}.map(look)
    const isThere = ([name, type]) => typeof require(name) === type
    exports.onExecutePostChallenge = async () => {
      for (const one of seen) console.log(one[0], isThere(one), one.length)
    }`
  return { hash: source, code: wrapModule(source), fileName: 'action.js' }
}

const run = async (module: Module): Promise<RunEnd> => {
  const isolate = createIsolate({ guest, module, heapMb: limits.heapMb })
  const end = await new Promise<RunEnd>((ended) => {
    isolate.invoke({ run: defaultRun, network: deaf, entering: () => {}, ended })
  })
  isolate.dispose()
  return end
}

test.each(names)('%s starts nothing', (name) => {
  expect(compileAhead({ guest, module: moduleOf(name), limits }).impure).toBeUndefined()
})

test('each is there in a snapshot as it was loaded', async () => {
  const module = moduleOf(...names)
  const [plain, frozen] = [
    await run(module),
    await run({ ...module, ahead: { kind: 'snapshot', packed: pack(freezeModule({ guest, module, limits })) } }),
  ]
  expect(plain.error).toBeUndefined()
  expect(plain.console).toHaveLength(names.length)
  expect([frozen.error, frozen.console]).toEqual([undefined, plain.console])
})
