/** The same code in this Node and in a real isolate. For what has the same meaning in both; harmless code only. */
import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { runBody } from './run-guest.ts'

/**
 * One entry for each expression: what it comes to, as JSON, or what it throws. Values that JSON has no word for are written as
 * text: what differs must show.
 */
const collect = (setup: string, expressions: readonly string[]): string => `
  const plain = (value, depth = 0) => {
    if (value === undefined) return 'undefined'
    if (typeof value === 'bigint') return value + 'n'
    if (typeof value === 'function') return 'function ' + value.name
    if (typeof value === 'symbol') return String(value)
    if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : 'number ' + (Object.is(value, -0) ? '-0' : value)
    if (typeof value !== 'object' || value === null || depth > 8) return value
    if (value instanceof Error) return ['error', value.name, value.message, value.code ?? null]
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return [value.constructor.name, ...Array.from(value, (one) => plain(one))]
    if (Array.isArray(value)) return Array.from(value, (one) => plain(one, depth + 1))
    if (value instanceof Map || value instanceof Set) return [value.constructor.name, ...Array.from(value, (one) => plain(one, depth + 1))]
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one, depth + 1)]))
  }
  ${setup}
  const expressions = [${expressions.map((expression) => `async () => (${expression})`).join(',\n')}]
  const outcomes = []
  for (const expression of expressions) {
    try { outcomes.push(plain(await expression())) } catch (error) { outcomes.push(['threw', plain(error)]) }
  }`

/** Per expression, what it comes to here and there. */
export const compareWithNode = async (
  expressions: readonly string[],
  setup = '',
): Promise<{ expression: string; node: unknown; guest: unknown }[]> => {
  const code = collect(setup, expressions)
  const end = await runBody(`${code}\nfor (const outcome of outcomes) console.log(JSON.stringify(outcome))`)
  if (end.ending !== 'completed') throw new Error(`${end.ending}: ${end.error?.stack}`)
  const guest = end.console.map(({ text }) => text)
  const run = new Function(
    'require',
    `return (async () => { ${code}\nreturn outcomes.map((outcome) => JSON.stringify(outcome)) })()`,
  )
  // Functions of Node are compiled at their first call, and some say `using`: guests of this process do without.
  setFlagsFromString('--js-explicit-resource-management')
  const node: string[] = await run(createRequire(import.meta.url)).finally(() =>
    setFlagsFromString('--no-js-explicit-resource-management'),
  )
  if (guest.length !== node.length) throw new Error(`${guest.length} outcomes instead of ${node.length}`)
  return expressions.map((expression, index) => ({
    expression,
    node: JSON.parse(node[index] ?? 'null'),
    guest: JSON.parse(guest[index] ?? 'null'),
  }))
}

/** What differs, in words; there should be nothing. */
export const differencesFromNode = async (expressions: readonly string[], setup = ''): Promise<string[]> =>
  (await compareWithNode(expressions, setup)).flatMap(({ expression, node, guest }) => {
    const [there, here] = [JSON.stringify(node), JSON.stringify(guest)]
    return there === here ? [] : [`${expression}: ${there} in Node, ${here} here`]
  })
