/** `url`, against Node's own. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differencesFromNode } from '../same-as-node.ts'

const setup = `
  const url = require('url')
  const fails = (call) => { try { return call() } catch (error) { return [error.name, error.code, error.message] } }
  const parts = (...args) => fails(() => { const { ...own } = url.parse(...args); return [Object.entries(own).map(([k, v]) => [k, v && typeof v === 'object' ? { ...v } : v]), url.parse(...args).format()] })`

const urls = [
  'http://user:pass@sub.example.com:8080/p/a/t/h?query=string&a=1&a=2#hash',
  'HTTP://EXAMPLE.com',
  'https://example.com',
  'https://example.com?x=1',
  'https://example.com#f',
  'http://example.com:/x',
  'http://example.com:80',
  '//host/path',
  '/path?x=1',
  '/path',
  'path/to?x#y',
  '?x=1',
  '#y',
  '',
  '.',
  'mailto:me@example.com',
  'mailto:me@example.com?subject=a b',
  'javascript:alert("x y")',
  'data:text/plain,a b',
  'urn:isbn:123',
  'file:///etc/hosts',
  'file://host/x',
  'file:x',
  'ws://example.com/a',
  'ftp://ftp.example.com/a;b',
  'http://[::1]:3000/x',
  'http://[fe80::1]',
  'http://ex ample.com/x',
  'http://example.com/a b?c d#e f',
  'http://example.com/"<>{}|^`\'',
  '  http://example.com/trimmed \n',
  'http:\\\\example.com\\a\\b?c\\d',
  'http://a@b@c/',
  'http://a%20b@c/',
  'http://a:b%3Ac@d/',
  'http://bücher.example/ü',
  'http://EXAMPLE.com./',
  'http://example.com:port/',
  'http://-a_b.example/',
  'http://ex%41mple.com/',
  'http:example.com/x',
  'http:/example.com/x',
  'http:///x',
  'http://',
  'foo:bar',
  'foo://bar/baz?q',
  'x.y+z-1://h',
  'coap:u:p@::1:61616/x',
  'example.com/path',
  'example.com:80/path',
  'user@example.com',
  '/a?b?c#d#e',
  'http://x?a=b&c=%zz+d&=e&f',
  'https://example.com/?x[]=1&x[]=2',
  `http://${'a'.repeat(300)}.com/`,
  'http://a/b;c?d',
  '/a@b?c',
  'dash-test:foo/bar',
  "http://x.com/path?that's#all, folks",
]
const quoted = urls.map((url) => JSON.stringify(url))

test('parsed and written', async () => {
  const expressions = quoted.flatMap((url) => [
    `parts(${url})`,
    `parts(${url}, true)`,
    `parts(${url}, false, true)`,
    `fails(() => url.format(${url}))`,
  ])
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('resolved', async () => {
  const bases = [
    'http://u:p@example.com:81/a/b/c?d#e',
    'http://example.com',
    '/one/two',
    'one/two',
    'mailto:local1@domain1',
    'file:///a/b',
    'foo:a/b',
    '',
  ]
  const relatives = [
    ...urls,
    'x',
    './x',
    '../x',
    '../../../x',
    '..',
    './',
    '../',
    '/x/./y/../z',
    'x?y',
    'x#y',
    '?',
    '#',
    ';x',
    '//h2/x?y',
    'http:x',
    'local2@domain2',
    'g;x=1/../y',
    'https://u2@h/',
  ]
  const expressions = bases.flatMap((base) =>
    relatives.map((relative) => `fails(() => url.resolve(${JSON.stringify(base)}, ${JSON.stringify(relative)}))`),
  )
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('any text', async () => {
  const any = fc.sample(fc.stringMatching(/^(https?:|foo:|\/\/)?[a-c@:/?#. \\%1&=-]{0,14}$/), 400)
  const expressions = any.map((text) => `parts(${JSON.stringify(text)}, true)`)
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('the rest', async () => {
  const expressions = [
    `url.format({ protocol: 'https', hostname: 'a.example', port: 8443, pathname: 'x?y#z', query: { a: ['1', '2'], b: 'ü' }, hash: 'h' })`,
    `url.format({ host: 'h:1', pathname: '/p', search: 'q#r' })`,
    `url.format({ hostname: '::1', protocol: 'http:', auth: 'me:p@ss' })`,
    `url.format({ protocol: 'mailto', pathname: 'a@b' })`,
    `url.format({ protocol: 'file', pathname: '/x' })`,
    `url.format({ pathname: 'x', slashes: true })`,
    `url.format({})`,
    `url.format(new URL('https://u:p@xn--bcher-kva.example:81/a?b#c'), { unicode: true, fragment: false, auth: false })`,
    `url.format(new URL('https://u:p@a.example/a?b#c'), { search: false })`,
    `url.format(new URL('https://a.example'))`,
    `fails(() => url.format(5))`,
    `fails(() => url.format(null))`,
    `fails(() => url.parse(5))`,
    `fails(() => url.parse())`,
    `url.parse(url.parse('http://a/b')).href`,
    `url.resolveObject('http://a/b', 'c').href`,
    `url.domainToASCII('BÜCHER.example')`,
    `url.domainToASCII('a b')`,
    `fails(() => url.domainToASCII())`,
    `url.domainToUnicode('xn--bcher-kva.example')`,
    `url.domainToUnicode('plain.example')`,
    `url.fileURLToPath('file:///a%20b/c.txt')`,
    `url.fileURLToPath(new URL('file://localhost/x'))`,
    `fails(() => url.fileURLToPath('file://host/x'))`,
    `fails(() => url.fileURLToPath('file:///a%2Fb'))`,
    `fails(() => url.fileURLToPath('http://a/b'))`,
    `fails(() => url.fileURLToPath(5))`,
    `String(url.fileURLToPathBuffer('file:///a%20b'))`,
    `url.pathToFileURL('/a b/c#d?e%f\\\\g.txt').href`,
    `url.pathToFileURL('/a/').href`,
    `({ ...url.urlToHttpOptions(new URL('https://u%20x:p@a.example:8443/p?q#h')) })`,
    `({ ...url.urlToHttpOptions(new URL('http://[::1]/')) })`,
    `[url.URL === URL, url.URLSearchParams === URLSearchParams, new url.URL('http://a/b').pathname]`,
    `url.parse('http://a/b') instanceof url.Url`,
  ]
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})
