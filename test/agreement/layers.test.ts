/** The order of the layers, held as a table in `layer-table.ts`. */
import { describe, expect, test } from 'vitest'
import { type Import, imports } from './imports.ts'
import { layers, packages } from './layer-table.ts'
import { files } from './source-tree.ts'

const rowOf = new Map(layers.flatMap(({ places }, row) => places.map((place) => [place, row] as const)))

/** The most specific place a file is in: `runtime/src/pipeline/execution-result` before `runtime/src/pipeline`. */
const placeOf = (file: string): string | undefined => {
  let path = file.replace(/\.ts$/, '')
  while (path.includes('/')) {
    if (rowOf.has(path)) return path
    path = path.slice(0, path.lastIndexOf('/'))
  }
  return undefined
}

const packageOf = (path: string): string => path.split('/')[0] ?? path

const breaksOrder = ({ from, to = '' }: Import): boolean => {
  const [here, there] = [placeOf(from), placeOf(to)]
  if (here === undefined || there === undefined || here === there) return false
  return (rowOf.get(there) ?? 0) >= (rowOf.get(here) ?? 0)
}

const asText = ({ from, specifier }: Import): string => `${from} imports ${specifier}`

describe('layers', () => {
  test('a place stands in one row only', () => {
    const places = layers.flatMap((layer) => layer.places)
    expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([])
  })

  test('every source file has a place in the table', () => {
    const sources = files.filter((file) => /^(runtime|server)\/src\/.*\.ts$/.test(file))
    expect(sources.filter((file) => placeOf(file) === undefined)).toEqual([])
  })

  test('a place imports only from places further up', () => {
    expect(imports.filter(breaksOrder).map(asText)).toEqual([])
  })

  test('a package imports only the packages below it', () => {
    const wrong = imports.filter(({ from, to = '' }) => {
      const allowed = packages[packageOf(from)]
      return allowed !== undefined && packageOf(to) !== packageOf(from) && !allowed.includes(packageOf(to))
    })
    expect(wrong.map(asText)).toEqual([])
  })

  test('a sample imports only what its authors have', () => {
    const wrong = imports.filter(
      ({ from, specifier }) =>
        packageOf(from) === 'sample-actions' &&
        !['@interlock/sdk-types', '@interlock/runtime/testing'].includes(specifier),
    )
    expect(wrong.map(asText)).toEqual([])
  })

  test('a package is imported by its name, never by a path into it', () => {
    const wrong = imports.filter(
      ({ from, specifier, to = '' }) =>
        packages[packageOf(from)] !== undefined && specifier.startsWith('.') && packageOf(to) !== packageOf(from),
    )
    expect(wrong.map(asText)).toEqual([])
  })
})
