/** Sources that attack whoever compiles them, or ask it for files of the host. */
export interface BundleAttack {
  title: string
  source: string
  /** What the author is told by the build, or by the run where the build accepts it. */
  answer: RegExp
}

/** What is imported at the top is loaded first: the run then says why it could not be. */
const executing = (expression: string) =>
  `export const onExecutePostChallenge = async (event, api) => { try { api.access.deny(String(${expression})) } catch (error) { api.access.deny(error.code ?? error.name) } }`

const doubling = `enum A { b0 = 'aaaaaaaaaaaaaaaa', ${Array.from({ length: 34 }, (_, n) => `b${n + 1} = b${n} + b${n}`).join(', ')} }`

export const bundleAttacks: BundleAttack[] = [
  { title: 'a file of the host by require', source: executing(`require('/etc/passwd')`), answer: /^MODULE_NOT_FOUND$/ },
  {
    title: 'a file of the host by import',
    source: executing(`await import('/etc/passwd')`),
    answer: /^MODULE_NOT_FOUND$/,
  },
  {
    title: 'a file whose name is made at run time',
    source: executing('await import("/proc/" + "self/environ")'),
    answer: /^(MODULE_NOT_FOUND|Error|TypeError)$/,
  },
  {
    title: 'every file of a folder by a pattern',
    source: executing('require("./" + event.x + ".json")'),
    answer: /^MODULE_NOT_FOUND$/,
  },
  { title: 'a dependency of the server', source: executing(`require('isolated-vm')`), answer: /^MODULE_NOT_FOUND$/ },
  {
    title: 'a dependency of the server by import',
    source: `import { z } from 'zod'\n${executing('z')}`,
    answer: /^MODULE_NOT_FOUND$/,
  },
  {
    title: 'a source file of the server',
    source: `import * as limits from '../../../runtime/src/limits.ts'\n${executing('limits')}`,
    answer: /^MODULE_NOT_FOUND$/,
  },
  {
    title: 'a file behind a symbolic link',
    source: executing(`require('/proc/self/root/etc/passwd')`),
    answer: /^MODULE_NOT_FOUND$/,
  },
  {
    title: 'the file that the compiler reads the source from',
    source: `import x from '/dev/stdin' with { type: 'text' }\n${executing('x')}`,
    answer: /^MODULE_NOT_FOUND$/,
  },
  {
    title: 'a file by its URL',
    source: executing(`await import('file:///etc/passwd')`),
    answer: /^MODULE_NOT_FOUND$/,
  },
  {
    title: 'a module in its own name',
    source: `import x from 'data:text/javascript,export default process'\n${executing('x')}`,
    answer: /^MODULE_NOT_FOUND$/,
  },
  {
    title: 'a loader chosen by an attribute',
    source: `import x from '/etc/passwd' with { type: 'text' }\n${executing('x')}`,
    answer: /^MODULE_NOT_FOUND$/,
  },
  {
    title: 'a loader chosen by a suffix',
    source: `import x from '/etc/passwd?raw'\nimport y from 'raw-loader!/etc/passwd'\n${executing('x + y')}`,
    answer: /^MODULE_NOT_FOUND$/,
  },
  {
    title: 'options of the compiler in comments',
    source: `/// <reference path="/etc/passwd" />\n/** @jsx require('/etc/passwd') @jsxImportSource /etc/passwd */\n// @ts-config /etc/passwd\n${executing(`'compiled'`)}`,
    answer: /^compiled$/,
  },
  {
    title: 'options of the compiler by a file beside it',
    source: `import tsconfig from './tsconfig.json'\nimport manifest from './package.json'\n${executing('tsconfig')}`,
    answer: /^MODULE_NOT_FOUND$/,
  },
  {
    title: 'a module of Node',
    source: executing(`require('node:child_process').execSync('id')`),
    answer: /^ERR_NOT_AVAILABLE$/,
  },
  {
    title: 'an internal module of Node',
    source: executing(`require('internal/bootstrap/realm')`),
    answer: /^MODULE_NOT_FOUND$/,
  },
  {
    title: 'the bytes of a file by an attribute',
    source: `import x from '/etc/passwd' with { type: 'bytes' }\n${executing('x')}`,
    answer: /^MODULE_NOT_FOUND$/,
  },
  {
    title: 'a source map of its own',
    source: `${executing(`'compiled'`)}\n//# sourceMappingURL=file:///etc/passwd`,
    answer: /^compiled$/,
  },
  {
    title: 'a source map that names a file of the host',
    source: `${executing(`'compiled'`)}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from('{"version":3,"sources":["/etc/passwd"],"mappings":"AAAA"}').toString('base64')}`,
    answer: /^compiled$/,
  },
  {
    title: 'a way out of the wrapper',
    source: `}); globalThis.out = 1; (function () {`,
    answer: /Unexpected|Expected/,
  },
  {
    title: 'arrow functions that double the work',
    source: `let x = ${'a?(b):c=>'.repeat(60)}`,
    answer: /limit "(buildMs|buildMb)"/,
  },
  {
    title: 'an enum that doubles its text to gigabytes',
    source: doubling,
    answer: /limit "(buildMs|buildMb)"/,
  },
  {
    title: 'indentation that grows by the square',
    source: `${'{'.repeat(20_000)}a${'}'.repeat(20_000)}`,
    answer: /limit "(artifactBytes|buildMs|buildMb)"/,
  },
  { title: 'brackets without end', source: '['.repeat(100_000), answer: /./ },
  { title: 'a source that is too long', source: `//${'x'.repeat(200_000)}`, answer: /limit "sourceBytes"/ },
]
