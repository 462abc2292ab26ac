/** The calls a guest may ask, as JSON in and JSON out: also from a guest that was taken over. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAsk } from '../../../runtime/src/isolate/answer-call.ts'
import { signToken } from '../../../runtime/src/isolate/token.ts'

const secret = 'a secret of the author'
const future = Math.floor(Date.now() / 1_000) + 600
const session_token = signToken({ sub: 'auth0|ada', state: 's', exp: future, verdict: 'good' }, secret)

const asking = (request: object = {}) => {
  const event = { user: { user_id: 'auth0|ada' }, request: { hostname: 'acme.example', ip: '203.0.113.7', ...request } }
  const ask = createAsk({ event, redirectState: 's' })
  return (call: object) => JSON.parse(ask(JSON.stringify(call)))
}
const ask = asking()

describe('url.resolve', () => {
  test.each([
    ['https://a.example', undefined, 'https://a.example/'],
    ['https://a.example/?a=1&b=2', { a: 'x y' }, 'https://a.example/?a=x+y&b=2'],
    ['https://a.example/?a=1&a=2', { a: '3' }, 'https://a.example/?a=3'],
    ['HTTP://A.example:80/../b', {}, 'http://a.example/b'],
    ['https://user:pass@a.example/', {}, 'https://user:pass@a.example/'],
    ['https://a.example', { n: null, t: true }, 'https://a.example/?n=null&t=true'],
  ])('%s with %j is %s', (url, query, value) => {
    expect(ask({ call: 'url.resolve', url, query })).toEqual({ ok: true, value })
  })

  test.each(['/relative', '', 'a.example', 'https://', null, 7])('%j is an invalid URL', (url) => {
    expect(ask({ call: 'url.resolve', url })).toEqual({ ok: false, error: 'TypeError', message: 'Invalid URL' })
  })
})

describe('token.encode', () => {
  const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

  test('the payload wins over the claims of the server', () => {
    const payload = { iss: 'mine', extra: 1 }
    const { value } = ask({ call: 'token.encode', secret, payload, expiresInSeconds: 60 })
    const { iat, exp, ...claims } = claimsOf(value)
    expect(claims).toEqual({ iss: 'mine', sub: 'auth0|ada', ip: '203.0.113.7', extra: 1 })
    expect(exp - iat).toBe(60)
  })

  test('a payload cannot reach a prototype', () => {
    const json = `{"call":"token.encode","secret":"s","payload":{"__proto__":{"admin":true}}}`
    const { value } = JSON.parse(createAsk({ event: {} })(json))
    expect(claimsOf(value).admin).toBeUndefined()
    expect(({} as { admin?: true }).admin).toBeUndefined()
  })

  test.each([undefined, '', 7, {}])('%j is no secret', (bad) => {
    const answer = ask({ call: 'token.encode', secret: bad, payload: {} })
    expect(answer).toEqual({ ok: false, error: 'TypeError', message: '"secret" must be a non-empty string' })
  })
})

describe('token.validate', () => {
  const validate = (request: object, tokenParameterName = 'session_token') =>
    asking(request)({ call: 'token.validate', secret, tokenParameterName })

  test.each([
    ['the query', { query: { session_token } }],
    ['the body', { body: { session_token } }],
    ['the body before the query', { query: { session_token: 'x' }, body: { session_token } }],
  ])('finds the token in %s', (_, request) => {
    expect(validate(request)).toMatchObject({ ok: true, value: { verdict: 'good' } })
  })

  test('takes another name', () => {
    expect(validate({ body: { proof: session_token } }, 'proof').ok).toBe(true)
  })

  test.each([
    ['nothing', {}],
    ['a list', { query: { session_token: [session_token] } }],
    ['a broken request', { query: null, body: 'session_token' }],
  ])('says which parameter is missing when there is %s', (_, request) => {
    const message = `There is no parameter called 'session_token' available in either the POST body or query string.`
    expect(validate(request)).toEqual({ ok: false, error: 'Error', message })
  })

  test.each(['__proto__', 'constructor', 'toString'])('does not find %s, which every object has', (name) => {
    expect(validate({}, name)).toMatchObject({ ok: false, message: expect.stringContaining(`'${name}'`) })
  })

  test('gives the reason', () => {
    const message = 'The session token is invalid: jwt malformed'
    expect(validate({ query: { session_token: 'x' } })).toEqual({ ok: false, error: 'Error', message })
  })
})

test('whatever a guest asks, the answer is JSON and nothing is thrown', () => {
  const raw = createAsk({ event: {} })
  const names = fc.constantFrom('url.resolve', 'token.encode', 'token.validate', '__proto__', 'constructor', 'toString')
  const call = fc.record({
    call: names,
    url: fc.jsonValue(),
    secret: fc.jsonValue(),
    payload: fc.jsonValue(),
    query: fc.jsonValue(),
  })
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        call.map((value) => JSON.stringify(value)),
        fc.json(),
      ),
      (json) => {
        expect(typeof JSON.parse(raw(json)).ok).toBe('boolean')
      },
    ),
  )
  expect(JSON.parse(raw(undefined as never)).ok).toBe(false)
  expect(JSON.parse(raw('"'.repeat(200_000))).ok).toBe(false)
})
