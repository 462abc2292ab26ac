/** Whatever packages depend on, each finds what it asked for where Node looks for it. */
import { assert, asyncProperty, constantFrom, dictionary, record, string, uniqueArray } from 'fast-check'
import { expect, test } from 'vitest'
import { parsePackument } from '../../../runtime/src/dependencies/manifest.ts'
import type { Registry } from '../../../runtime/src/dependencies/registry.ts'
import { resolveTree } from '../../../runtime/src/dependencies/resolve-tree.ts'
import { lookUp, type Place, pathOf, placesUnder, satisfies } from '../../../runtime/src/dependencies/tree.ts'

const names = ['a', 'b', 'c', 'd', 'e']
const versions = ['1.0.0', '1.1.0', '2.0.0', '3.0.0']
const range = constantFrom('^1.0.0', '1.0.0', '^2.0.0', '3', '*', '>=1.1.0')
const asked = dictionary(constantFrom(...names), range, { maxKeys: 3 })

/** Of each package every version, with what it depends on. */
const universe = record(
  Object.fromEntries(
    names.map((name) => [name, record(Object.fromEntries(versions.map((version) => [version, asked])))]),
  ),
)
type Universe = Record<string, Record<string, Record<string, string>>>

const registryOf = (all: Universe): Registry => ({
  packument: async (name) => {
    const manifests = Object.entries(all[name] ?? {}).map(([version, dependencies]) => [
      version,
      { version, dist: { tarball: '' }, dependencies },
    ])
    return parsePackument(JSON.stringify({ 'dist-tags': { latest: '2.0.0' }, versions: Object.fromEntries(manifests) }))
  },
  tarball: () => Promise.reject(new Error('no tarball is needed')),
})

const unmet = (place: Place): string[] =>
  Object.entries(place.manifest?.dependencies ?? {}).flatMap(([name, spec]) => {
    const found = lookUp(place, name)
    const isMet = found !== undefined && satisfies(found, { name, spec })
    return isMet ? [] : [`${pathOf(place)} asks for ${name}@${spec}`]
  })

/** A package that needs another version of itself, which needs the first, has no end in nested folders: it is refused. */
const withoutEnd = (error: unknown): undefined => {
  expect(error).toMatchObject({ code: 'ERR_DEPENDENCY_LIMIT' })
}

test('every package finds what it asked for', async () => {
  let laid = 0
  const wanted = uniqueArray(constantFrom(...names), { minLength: 1 })
  const property = asyncProperty(universe, wanted, range, async (all, roots, version) => {
    const dependencies = roots.map((name) => ({ name, version }))
    const options = { registry: registryOf(all), packages: 100, signal: new AbortController().signal }
    const root = await resolveTree(dependencies, options).catch(withoutEnd)
    if (root === undefined) return
    const places = placesUnder(root)
    expect(places.flatMap(unmet)).toEqual([])
    const paths = places.map(pathOf)
    expect(new Set(paths).size).toBe(paths.length)
    laid += 1
  })
  await assert(property, { numRuns: 300 })
  expect(laid).toBeGreaterThan(50)
})

test('whatever the registry says, the answer is a tree or a named refusal', async () => {
  const property = asyncProperty(dictionary(string(), string(), { maxKeys: 5 }), async (dependencies) => {
    const registry = registryOf({ a: { '1.0.0': dependencies } })
    const options = { registry, packages: 20, signal: new AbortController().signal }
    const failure = await resolveTree([{ name: 'a', version: '1.0.0' }], options).then(
      () => undefined,
      (error: Error) => error.name,
    )
    expect([undefined, 'DependencyError']).toContain(failure)
  })
  await assert(property, { numRuns: 300 })
})
