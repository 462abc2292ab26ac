/** Node's modules and globals as actions have them, against this Node's own: every name, its type, and functions' form. */
import { describe, expect, test } from 'vitest'
import { loaders } from '../../../runtime/src/guest/node/index.ts'
import { missingGlobals, missingModules, missingNames } from '../../../runtime/src/guest/node/missing.ts'
import { permits } from '../../../runtime/src/guest/permits.ts'
import { modulesOfNode } from './modules-of-node.ts'
import type { Shape } from './shape-of.ts'
import { missingNamesOf, shapeInGuest, shapeOfGlobalsInGuest, shapesOfNode } from './shapes.ts'

const rows = Object.keys(loaders)

interface Compared {
  own: Shape
  node: Shape
  listed: readonly string[]
}

/** `Socket.prototype._final`, `module._load`: Node's own business. */
const isInternal = (name: string): boolean => /(?:^|\.)_/.test(name)

const expectAgreement = ({ own, node, listed }: Compared) => {
  const missing = missingNamesOf(own, node).filter((name) => !isInternal(name))
  const unlisted = missing.filter((name) => !listed.includes(name))
  expect(unlisted.map((name) => `${name}: ${node[name]} in Node, ${own[name] ?? 'nothing'} here`)).toEqual([])
  expect(listed.filter((name) => !missing.includes(name))).toEqual([])
}

describe('modules', () => {
  test.each(rows)('%s has what Node exports, or says why not', async (module) => {
    expectAgreement({
      own: await shapeInGuest(module),
      node: shapesOfNode.modules[module] as Shape,
      listed: Object.keys(missingNames[module] ?? {}),
    })
  })

  test('every module of Node is there, or has a reason', () => {
    const unlisted = modulesOfNode.filter((name) => !rows.includes(name))
    expect(Object.keys(missingModules).sort()).toEqual(unlisted.sort())
  })

  test('nothing is said about names of modules that are not there', () => {
    expect(Object.keys(missingNames).filter((module) => !rows.includes(module))).toEqual([])
  })
})

describe('globals', () => {
  const names = Object.keys(shapesOfNode.globals).filter((name) => !name.includes('.'))
  const verdictOf = (name: string) => (permits as Record<string, { verdict: string }>)[name]?.verdict
  const isMade = (name: string) => ['add', 'replace', 'wrap'].includes(verdictOf(name) ?? '')

  test('every global of Node is there, or has a reason', () => {
    const unlisted = names.filter((name) => [undefined, 'switched-off'].includes(verdictOf(name)))
    expect(Object.keys(missingGlobals.names).sort()).toEqual(unlisted.sort())
  })

  test('what is made for actions has the form of Node’s', async () => {
    const made = names.filter(isMade)
    const isOfMade = ([name]: [string, string]) => made.includes(name.replace(/\..*/, ''))
    expectAgreement({
      own: await shapeOfGlobalsInGuest(made),
      node: Object.fromEntries(Object.entries(shapesOfNode.globals).filter(isOfMade)),
      listed: Object.keys(missingGlobals.members),
    })
  })

  test('the language has what Node’s has, but for what is newer', async () => {
    const kept = names.filter((name) => verdictOf(name) === 'keep')
    const isOfKept = ([name]: [string, string]) => kept.includes(name.replace(/\..*/, ''))
    expectAgreement({
      own: await shapeOfGlobalsInGuest(kept),
      node: Object.fromEntries(Object.entries(shapesOfNode.globals).filter(isOfKept)),
      listed: Object.keys(missingGlobals.builtins),
    })
  })
})

describe('the reasons', () => {
  const tables = [missingModules, ...Object.values(missingGlobals), ...Object.values(missingNames)]
  test.each(tables.flatMap(Object.entries))('%s has one', (_, reason) => {
    expect(reason.length).toBeGreaterThan(10)
  })
})
