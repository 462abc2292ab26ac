import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Command, command, commandLimits, commands } from '../../../runtime/src/bridge/command.ts'
import { commandsOf } from '../guest/run-guest.ts'

const factor = fc.oneof(
  fc.record({
    type: fc.constantFrom('otp', 'email', 'webauthn-roaming', 'webauthn-platform', 'recovery-code', 'phone'),
  }),
  fc.record({
    type: fc.constant('phone'),
    options: fc.record({ preferredMethod: fc.constantFrom('sms', 'voice', 'both') }),
  }),
  fc.record({ type: fc.constant('push-notification'), options: fc.record({ otpFallback: fc.boolean() }) }),
)
const factors = fc.array(factor, { maxLength: 5 })
const url = fc.webUrl({ withQueryParameters: true }).map((text) => new URL(text).href)
const text = fc.string({ unit: 'grapheme', maxLength: 100 })
// `__proto__` is dropped from records on the host: no name of it can be addressed safely.
const plainObject = fc.dictionary(
  text.filter((name) => name !== '__proto__'),
  fc.jsonValue({ maxDepth: 2, noUnicodeString: false }).map((value) => JSON.parse(dropProto(value))),
  { maxKeys: 4 },
)
const dropProto = (value: unknown) =>
  JSON.stringify(value, (key, item) => (key === '__proto__' ? undefined : Object.is(item, -0) ? 0 : item))

/** Commands, and the author's call for each. */
const issued = fc.oneof(
  text.map((reason) => [{ type: 'access.deny', reason }, ['access', 'deny', reason]]),
  fc
    .tuple(factor, factors)
    .map(([first, additionalFactors]) => [
      { type: 'authentication.challengeWith', factor: first, additionalFactors },
      ['authentication', 'challengeWith', first, { additionalFactors }],
    ]),
  fc
    .tuple(factor, factors)
    .map(([first, others]) => [
      { type: 'authentication.challengeWithAny', factors: [first, ...others] },
      ['authentication', 'challengeWithAny', [first, ...others]],
    ]),
  url.map((target) => [{ type: 'transaction.setResultUrl', url: target }, ['transaction', 'setResultUrl', target]]),
  url.map((target) => [{ type: 'redirect.sendUserTo', url: target }, ['redirect', 'sendUserTo', target]]),
) as fc.Arbitrary<[Command, unknown[]]>

const prompt = fc.tuple(fc.string({ minLength: 1, maxLength: 48 }), plainObject, plainObject)

describe('what an author asks for is what the host reads', () => {
  test('any commands in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(issued, { maxLength: 8 }), async (list) => {
        const calls = list.map(([, call]) => call)
        const recorded = await commandsOf(
          `for (const [part, name, ...args] of ${JSON.stringify(calls)}) api[part][name](...args)`,
        )
        expect(recorded).toEqual(list.map(([expected]) => expected))
        expect(commands.parse(JSON.parse(JSON.stringify(recorded)))).toEqual(recorded)
      }),
      { numRuns: 60 },
    )
  })

  test('any fields and vars of a prompt', async () => {
    await fc.assert(
      fc.asyncProperty(prompt, async ([id, fields, vars]) => {
        const args = JSON.stringify([id, { fields, vars }])
        const [recorded] = await commandsOf(`api.prompt.render(...JSON.parse(${JSON.stringify(args)}))`)
        expect(recorded).toEqual({ type: 'prompt.render', id, fields, vars })
      }),
      { numRuns: 40 },
    )
  })
})

/** What no honest guest sends. */
const forged: unknown[] = [
  { type: 'access.allow' },
  { type: 'access.deny' },
  { type: 'access.deny', reason: 'x'.repeat(commandLimits.reasonLength + 1) },
  { type: 'redirect.sendUserTo', url: 'javascript:alert(1)' },
  { type: 'redirect.sendUserTo', url: '//host.example' },
  { type: 'redirect.sendUserTo', url: 'https:no-slashes' },
  { type: 'redirect.sendUserTo', url: `https://a.example/${'x'.repeat(commandLimits.urlLength)}` },
  { type: 'transaction.setResultUrl', url: 'file:///etc/passwd' },
  { type: 'authentication.challengeWith', factor: { type: 'push' }, additionalFactors: [] },
  { type: 'authentication.challengeWithAny', factors: [] },
  { type: 'authentication.challengeWithAny', factors: new Array(commandLimits.factors + 1).fill({ type: 'otp' }) },
  { type: 'prompt.render', id: '' },
  { type: 'prompt.render', id: 'x'.repeat(commandLimits.promptIdLength + 1) },
  { type: 'cache.set', key: 'k', record: { value: 'v', expires_at: 1.5 } },
  { type: 'cache.set', key: '', record: { value: 'v', expires_at: 1 } },
  { type: 'cache.delete', key: 7 },
]

test.each(forged)('%j is refused', (value) => {
  expect(command.safeParse(value).success).toBe(false)
})

test('a prompt nested deep enough to exhaust the stack of a recursive check is refused, not thrown over', () => {
  const nested = (levels: number) => JSON.parse(`${'{"o":'.repeat(levels)}1${'}'.repeat(levels)}`)
  const prompt = (levels: number) => ({ type: 'prompt.render', id: 'p', vars: nested(levels) })
  expect(command.safeParse(prompt(commandLimits.promptDepth)).success).toBe(true)
  expect(command.safeParse(prompt(commandLimits.promptDepth + 1)).success).toBe(false)
  expect(command.safeParse(prompt(100_000)).success).toBe(false)
})

test('more commands than the quota are refused', () => {
  const deny = { type: 'access.deny', reason: '' }
  expect(commands.safeParse(new Array(commandLimits.commands).fill(deny)).success).toBe(true)
  expect(commands.safeParse(new Array(commandLimits.commands + 1).fill(deny)).success).toBe(false)
})

test('names that could reach a prototype are dropped', () => {
  const json = '{"type":"prompt.render","id":"p","vars":{"__proto__":{"admin":true},"a":1}}'
  expect(command.parse(JSON.parse(json))).toEqual({ type: 'prompt.render', id: 'p', vars: { a: 1 } })
})
