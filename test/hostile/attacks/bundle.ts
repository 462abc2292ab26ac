/** Sources that attack whoever compiles them, or ask it for files of the host. */
export interface BundleAttack {
  title: string
  source: string
  /** What the author is told by the build, or by the run where the build accepts it. */
  answer: RegExp
}

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
  { title: 'a module of Node', source: executing(`require('node:child_process')`), answer: /^MODULE_NOT_FOUND$/ },
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
