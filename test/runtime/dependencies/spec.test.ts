/** What may stand as a dependency's name and version. */
import { expect, test } from 'vitest'
import { checkWanted, parseSpec } from '../../../runtime/src/dependencies/spec.ts'

test.each([
  ['lodash', '4.17.21'],
  ['@aws-sdk/client-sqs', 'latest'],
  ['JSONStream', '^1.3.5'],
  ['left-pad', '1.x || >=2.5.0 <3'],
  ['zod', 'next'],
  ['zod', '*'],
])('%s at %s may be asked for', (name, version) => {
  expect(() => checkWanted({ name, version })).not.toThrow()
})

test.each([
  '',
  '.',
  '..',
  '../lodash',
  '/etc/passwd',
  '.hidden',
  'a/b',
  '@scope',
  '@scope/a/b',
  '@../a',
  'node_modules',
  'with space',
  'a%2fb',
  'a\\b',
  'https://example.com/a.tgz',
  'x'.repeat(215),
])('%j is no name of a package', (name) => {
  expect(() => checkWanted({ name, version: '1.0.0' })).toThrow(/is no name of an npm package/)
})

test.each([
  'git+https://example.com/a.git',
  'github:a/b',
  'a/b',
  'file:../a',
  'link:../a',
  'https://example.com/a.tgz',
  'npm:other@1.0.0',
  'workspace:*',
  '../a',
  '1.0.0/../../x',
  `^1.0.0${' || ^1.0.0'.repeat(100)}`,
])('%j is no version', (version) => {
  expect(() => checkWanted({ name: 'lodash', version })).toThrow(/is no version, range or tag/)
})

test('a package may know another one under a name of its own', () => {
  expect(parseSpec('string-width-cjs', 'npm:string-width@^4.2.0')).toEqual({
    folder: 'string-width-cjs',
    name: 'string-width',
    version: '^4.2.0',
  })
})

test.each(['git+ssh://example.com/a.git', 'npm:../x@1', 'file:a', 'https://example.com'])(
  'a package that asks for %s is not followed',
  (spec) => expect(parseSpec('a', spec)).toBeUndefined(),
)
