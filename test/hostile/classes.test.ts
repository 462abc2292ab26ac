/** Every class of attack has its table, and there are enough of them. */
import { expect, test } from 'vitest'
import { bridgeAttacks } from './attacks/bridge.ts'
import { bundleAttacks } from './attacks/bundle.ts'
import { cpuAttacks } from './attacks/cpu.ts'
import { trespasses } from './attacks/cross-tenant.ts'
import { waysOut } from './attacks/escape.ts'
import { logAttacks } from './attacks/log.ts'
import { memoryAttacks } from './attacks/memory.ts'
import { nativeAttacks } from './attacks/native.ts'
import { reaches } from './attacks/network.ts'

/** Of each attack its name. */
const classes: Record<string, string[]> = {
  cpu: cpuAttacks.map(({ title }) => title),
  memory: memoryAttacks.map(({ title }) => title),
  escape: waysOut.map(([title]) => title),
  native: nativeAttacks.map(({ title }) => title),
  bridge: bridgeAttacks.map(({ title }) => title),
  bundle: bundleAttacks.map(({ title }) => title),
  network: reaches.map(({ title }) => title),
  log: logAttacks.map(({ title }) => title),
  'cross-tenant': trespasses.map(({ title }) => title),
}

test.each(Object.entries(classes))('%s: ten attacks at least, each with a name of its own', (_, titles) => {
  expect(titles.length).toBeGreaterThanOrEqual(10)
  expect(new Set(titles).size).toBe(titles.length)
})

test('there are more than a hundred and fifty', () => {
  expect(Object.values(classes).flat().length).toBeGreaterThan(150)
})
