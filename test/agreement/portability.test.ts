/** The tree works on any machine and with any registry: no file names a place that exists only on ours. */
import { describe, expect, test } from 'vitest'
import { at, files, linesOf } from './source-tree.ts'

const isText = (file: string): boolean => !/\.(png|ico|woff2)$/.test(file)

/** A path that begins at the root of somebody's machine. */
const machinePath = /(?:^|[\s'"`=(:])\/(?:home|root|work|Users)\/\w/

/** The hosts that machines are set up with, ours and everybody's. */
const registryHost = /registry\.(?:npmjs|yarnpkg)\.|deb\.debian\./

describe('portability', () => {
  test('no file names a registry', () => {
    const found = files.filter(isText).flatMap(linesOf)
    expect(found.filter((line) => registryHost.test(line.text)).map(at)).toEqual([])
  })

  test('no file holds a path of one machine', () => {
    const found = files.filter(isText).flatMap(linesOf)
    expect(found.filter((line) => machinePath.test(line.text)).map(at)).toEqual([])
  })

  test('the lock file names no registry', () => {
    expect(
      linesOf('pnpm-lock.yaml')
        .filter((line) => /https?:\/\//.test(line.text))
        .map(at),
    ).toEqual([])
  })

  test('versions are pinned exactly', () => {
    const dependency = /^\s*"(?:@?[\w./-]+)": "([\^~*><]|latest)/
    const manifests = files.filter((file) => file.endsWith('package.json')).flatMap(linesOf)
    const ranges = manifests.filter((line) => dependency.test(line.text) && !line.text.includes('"node"'))
    expect(ranges.map(at)).toEqual([])
  })
})
