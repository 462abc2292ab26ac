/** What the host reads from the far side, fuzzed: nothing throws, nothing takes long, nothing but the schema's fields arrives. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { type Command, command } from '../../../runtime/src/bridge/command.ts'
import { egressRequest } from '../../../runtime/src/bridge/egress.ts'
import { mostConsoleLines } from '../../../runtime/src/bridge/outcome.ts'
import { createAsk } from '../../../runtime/src/isolate/answer-call.ts'
import { parseCollected, parseRemains } from '../../../runtime/src/isolate/collected.ts'
import { fromChild, inspected, runEnd } from '../../../runtime/src/process/message.ts'

/** Any JSON, with keys that mean something to somebody among the others. */
const meaningful = fc.constantFrom(
  ...['type', 'id', 'end', 'ending', 'commands', 'console', 'call', 'secret', 'payload', 'url', 'query', 'timers'],
  ...['settled', 'ok', 'error', 'message', '__proto__', 'constructor', 'prototype', 'toJSON', 'then', 'length'],
)
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('run', 'ended', 'inspected', 'entering', 'completed', 'access.deny', 'token.encode', 'url.resolve'),
    fc.jsonValue(),
    fc.array(tie('json'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(meaningful, fc.string()), tie('json')), { maxLength: 6 })
      .map((entries) =>
        JSON.parse(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)}}`),
      ),
  ),
}))
const deep = (levels: number) => `${'{"o":'.repeat(levels)}1${'}'.repeat(levels)}`

const runEndFields = {
  ending: 'completed',
  commands: [],
  handlerMissing: false,
  warnings: [],
  console: [],
  consoleTruncated: false,
  wallMs: 1,
  cpuMs: 1,
  heapBytes: 1,
}

const factor = fc.record({ type: fc.constantFrom('otp', 'email', 'phone') })
const valid = fc.oneof(
  fc.record({ type: fc.constant('access.deny'), reason: fc.string({ maxLength: 100 }) }),
  fc.record({
    type: fc.constant('authentication.challengeWithAny'),
    factors: fc.array(factor, { minLength: 1, maxLength: 5 }),
  }),
  fc.record({ type: fc.constant('redirect.sendUserTo'), url: fc.webUrl() }),
  fc.record({ type: fc.constant('cache.delete'), key: fc.string({ minLength: 1, maxLength: 64 }) }),
  fc.record({ type: fc.constant('prompt.render'), id: fc.string({ minLength: 1, maxLength: 48 }) }),
)
const extra = fc.dictionary(
  fc.string().filter((key) => !['type', 'reason', 'factors', 'url', 'key', 'id', 'fields', 'vars'].includes(key)),
  fc.jsonValue(),
)

describe('messages of a sandbox process', () => {
  test('whatever JSON arrives is read or refused', () => {
    fc.assert(
      fc.property(json, (value) => {
        for (const schema of [fromChild, runEnd, inspected, command])
          expect(typeof schema.safeParse(value).success).toBe('boolean')
      }),
    )
  })

  test('a command with its own fields arrives as it is; with any other beside them it is refused', () => {
    fc.assert(
      fc.property(valid, extra, (own, others) => {
        expect(command.parse(own)).toEqual(own)
        fc.pre(Object.keys(others).length > 0)
        expect(command.safeParse({ ...others, ...own }).success).toBe(false)
      }),
    )
  })

  test('an ended run with its own fields arrives as it is; with any other beside them it is refused', () => {
    fc.assert(
      fc.property(extra, (others) => {
        expect(runEnd.parse(runEndFields)).toEqual(runEndFields)
        fc.pre(Object.keys(others).some((key) => !(key in runEndFields)))
        expect(runEnd.safeParse({ ...others, ...runEndFields }).success).toBe(false)
      }),
    )
  })

  test('commands of other kinds are refused, alone or among good ones', () => {
    fc.assert(
      fc.property(fc.string(), valid, (type, good) => {
        fc.pre(!knownTypes.has(type))
        expect(runEnd.safeParse({ ...runEndFields, commands: [good, { ...good, type }] }).success).toBe(false)
      }),
    )
  })

  test('no key reaches a prototype', () => {
    const polluting = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')
    const parsed = runEnd.parse({ ...runEndFields, commands: [{ type: 'prompt.render', id: 'p', vars: polluting }] })
    expect(Object.getPrototypeOf(parsed.commands[0])).toBe(Object.prototype)
    expect(({} as { polluted?: true }).polluted).toBeUndefined()
  })

  /** A list as long as a line can hold; it counts how often an element is looked at. */
  const spiedList = (element: unknown) => {
    let looks = 0
    const list = new Proxy(new Array(4_000_000).fill(element), {
      get: (target, key) => {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1
        return Reflect.get(target, key)
      },
    })
    return { list, looks: () => looks }
  }
  const line = { level: 'log', text: '' }
  const request = { id: 1, method: 'GET', url: 'https://a.example', headers: [], redirect: 'follow' }

  test.each([
    ['console', (list: unknown) => runEnd.safeParse({ ...runEndFields, console: list }), line],
    ['commands', (list: unknown) => runEnd.safeParse({ ...runEndFields, commands: list }), line],
    ['warnings', (list: unknown) => runEnd.safeParse({ ...runEndFields, warnings: list }), ''],
    ['factors', (list: unknown) => command.safeParse({ type: 'authentication.challengeWithAny', factors: list }), line],
    ['a prompt', (list: unknown) => command.safeParse({ type: 'prompt.render', id: 'p', vars: { list } }), 0],
    ['headers', (list: unknown) => egressRequest.safeParse({ ...request, headers: list }), ['a', 'b']],
  ])('a list of millions in %s is refused without a look at its elements', (_, read, element) => {
    const { list, looks } = spiedList(element)
    expect(read(list).success).toBe(false)
    expect(looks()).toBe(0)
  })

  test('the first element that is wrong ends the reading: one issue, however many are wrong', () => {
    const { error } = runEnd.safeParse({ ...runEndFields, console: new Array(mostConsoleLines).fill({}) })
    expect(error?.issues).toHaveLength(1)
  })

  test.each([
    [
      'a redirect',
      (text: string) => command.safeParse({ type: 'redirect.sendUserTo', url: `https://a.example/${text}` }),
    ],
    ['a request', (text: string) => egressRequest.safeParse({ ...request, url: `https://a.example/${text}` })],
    ['a body', (text: string) => egressRequest.safeParse({ ...request, body: { base64: text } })],
  ])('a text of 8 MB in %s is measured, and not parsed', (_, read) => {
    const { error } = read('A'.repeat(8_388_608))
    expect(error?.issues.flatMap(innermost).map(({ code }) => code)).toEqual(['too_big'])
  })

  test.each([65, 5_000, 100_000])('what is nested %i levels deep is refused without a stack overflow', (levels) => {
    const commands = [{ type: 'prompt.render', id: 'p', vars: JSON.parse(deep(levels)) }]
    expect(runEnd.safeParse({ ...runEndFields, commands }).success).toBe(false)
  })
})

/** Of a union, what the branch says that came furthest. */
const innermost = (issue: z.core.$ZodIssue): z.core.$ZodIssue[] =>
  issue.code === 'invalid_union' ? issue.errors.flat().filter(({ code }) => code === 'too_big') : [issue]

const knownTypes = new Set<string>([
  'access.deny',
  'authentication.challengeWith',
  'authentication.challengeWithAny',
  'redirect.sendUserTo',
  'prompt.render',
  'transaction.setResultUrl',
  'cache.set',
  'cache.delete',
] satisfies Command['type'][])

describe('what a context has left behind', () => {
  test('is read or broken, whatever text it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          json.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const gathered = parseCollected(text)
          if (gathered) {
            expect(
              gathered.timers.every(({ id, delayMs }) => Number.isSafeInteger(id) && typeof delayMs === 'number'),
            ).toBe(true)
            expect(gathered.clearedTimers.every(Number.isSafeInteger)).toBe(true)
          }
          expect(Array.isArray(parseRemains(text).console)).toBe(true)
        },
      ),
    )
  })

  test('is not followed into its depth', () => {
    expect(parseCollected(deep(100_000))).toMatchObject({ timers: [], clearedTimers: [] })
    expect(parseCollected(`{"settled":${deep(100_000)}}`)?.settled).toBeDefined()
  })
})

describe('calls', () => {
  const ask = createAsk({ event: { request: { hostname: 'h', ip: 'i', query: {}, body: {} }, user: { user_id: 'u' } } })

  const isAnswer = (text: string): boolean => {
    const answer = JSON.parse(text)
    const fields = Object.keys(answer).toSorted().join()
    return answer.ok ? ['ok', 'ok,value'].includes(fields) : fields === 'error,message,ok'
  }

  test('every text is answered, and nothing is thrown into the guest', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          json.map((value) => JSON.stringify(value) ?? ''),
        ),
        (text) => isAnswer(ask(text)),
      ),
    )
  })

  test('so is every argument of a call that exists', () => {
    const name = fc.constantFrom('url.resolve', 'token.encode', 'token.validate')
    const given = fc.record({
      url: json,
      query: json,
      secret: json,
      payload: json,
      expiresInSeconds: json,
      tokenParameterName: json,
    })
    fc.assert(fc.property(name, given, (call, rest) => isAnswer(ask(JSON.stringify({ ...rest, call })))))
  })

  test.each([
    ['no text', 7 as unknown as string],
    ['a text of 100 MB', `{"call":"url.resolve","url":"${'x'.repeat(100_000_000)}"}`],
    ['one nested as deep as fits', deep(15_000)],
    ['a call nested as deep as fits', `{"call":"token.encode","secret":"s","payload":${deep(15_000)}}`],
    ['a name from a prototype', '{"call":"constructor"}'],
    ['__proto__ for a name', '{"call":"__proto__"}'],
  ])('%s is answered', (_, text) => {
    expect(isAnswer(ask(text))).toBe(true)
  })
})
