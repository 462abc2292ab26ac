/** `path`, against Node's own. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differencesFromNode } from '../same-as-node.ts'

const setup = `
  const path = require('path')
  const fails = (call) => { try { return call() } catch (error) { return [error.name, error.code, error.message] } }`

const paths = [
  '',
  '.',
  '..',
  '/',
  '//',
  '///',
  './',
  '../',
  'a',
  'a/',
  'a/b',
  'a//b',
  'a//b//',
  '/a',
  '/a/',
  '//a',
  '/a/b/c.txt',
  '/a/../..',
  '../../a',
  'a/../..',
  './a/./b/../c',
  '.a',
  '..a',
  '...',
  'a.',
  'a.b.c',
  '/.x',
  'x/.y.z/',
  'a b/ü.js',
  'C:\\x',
]
const quoted = paths.map((path) => JSON.stringify(path))

test('one path', async () => {
  const calls = [
    'normalize',
    'dirname',
    'basename',
    'extname',
    'parse',
    'isAbsolute',
    'toNamespacedPath',
    'resolve',
    'join',
  ]
  const absolute = (call: string, path: string) => (call === 'resolve' ? `'/base', ${path}` : path)
  const expressions = calls.flatMap((call) => quoted.map((path) => `path.${call}(${absolute(call, path)})`))
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('two paths', async () => {
  const expressions = quoted.flatMap((left) =>
    quoted.flatMap((right) => [
      `path.join(${left}, ${right})`,
      `path.resolve('/base', ${left}, ${right})`,
      `path.relative('/base/' + ${left}, '/base/' + ${right})`,
      `path.basename(${left}, ${right})`,
    ]),
  )
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('any path', async () => {
  const any = fc.sample(fc.stringMatching(/^[a./]{0,10}$/), 300).map((path) => JSON.stringify(path))
  const expressions = any.flatMap((path, index) => [
    `path.normalize(${path})`,
    // Node takes the second dot of `/..` for an extension.
    ...(/^"\/\.\.\/*"$/.test(path) ? [] : [`path.parse(${path})`]),
    `path.basename(${path}, ${any[index + 1] ?? path})`,
    `[path.dirname(${path}), path.basename(${path}), path.extname(${path})]`,
    `path.relative('/' + ${path}, '/' + ${any[index + 1] ?? path})`,
  ])
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('the rest', async () => {
  const expressions = [
    `path.format({ dir: '/a', base: 'b.c' })`,
    `path.format({ root: '/', name: 'b', ext: 'c' })`,
    `path.format({ dir: '/', root: '/', base: 'b' })`,
    `path.format({ name: 'b', ext: '.c' })`,
    `path.format({})`,
    `fails(() => path.format('x'))`,
    `fails(() => path.format(null))`,
    `fails(() => path.join('a', 1))`,
    `fails(() => path.resolve('a', null))`,
    `fails(() => path.dirname())`,
    `fails(() => path.basename('a', 1))`,
    `fails(() => path.relative('a'))`,
    `[path.sep, path.delimiter, path.posix === path, path.join(), require('path/posix') === path]`,
  ]
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})
