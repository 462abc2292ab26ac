import { expect, test } from 'vitest'
import { features, setEngineFlags } from '../../../runtime/src/isolate/engine-flags.ts'

/** What Node's own scripts would call it, of those that a sandbox process may come to: they have taken theirs before. */
const inNode =
  /PromiseTry|Promise\.try|ErrorIsError|Error\.isError|RegExpEscape|RegExp\.escape|IteratorConcat|Iterator\.concat|getOrInsert|AtomicsPause|Atomics\.pause|fromBase64|toBase64/i

test('nothing in a sandbox process can call a function that is turned off there: V8 ends a process that does so often', () => {
  setEngineFlags()
  const functions = features.flatMap(({ adds }) => adds).filter((path) => path.includes('.'))
  expect(functions).toContain('Error.isError')
  for (const path of functions) {
    const value = path.split('.').reduce<unknown>((holder, name) => Reflect.get(holder as object, name), globalThis)
    expect([path, value]).toEqual([path, undefined])
  }
  const { binding } = process as unknown as { binding(name: 'natives'): Record<string, string> }
  // What is in `deps` are packages that a sandbox process does not load.
  const scripts = Object.entries(binding('natives')).filter(([name]) => !name.startsWith('internal/deps/'))
  expect(scripts.length).toBeGreaterThan(200)
  expect(scripts.filter(([, text]) => inNode.test(text)).map(([name]) => name)).toEqual([])
})
