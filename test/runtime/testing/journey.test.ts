/** One user's way through an action: the network is the test's, and the return is signed. */

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  buildEvent,
  closeRuntime,
  expectRun,
  type MockedFetch,
  type OpenedAction,
  openAction,
  readToken,
  UnexpectedRequestError,
} from '@interlock/runtime/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const secrets = { RISK_KEY: 'k-1', TOKEN_SECRET: 'a-shared-secret-of-at-least-32-bytes' }
const secret = secrets.TOKEN_SECRET
const scored = (score: number): MockedFetch => ({ 'POST https://risk.example.com/score': { json: { score } } })

let action: OpenedAction
beforeAll(async () => {
  action = await openAction(new URL('actions/plan-check.ts', import.meta.url), { secrets })
})
afterAll(closeRuntime)

describe('a mocked fetch', () => {
  test('answers by method and URL, and what was asked is told', async () => {
    const run = await action.execute({ fetch: scored(95) })
    expectRun(run).toDeny('Too risky.')
    expect(run.console).toEqual([{ level: 'log', text: 'score 95' }])
    expect(run.requests).toMatchObject([
      {
        method: 'POST',
        url: 'https://risk.example.com/score?ip=203.0.113.9',
        headers: { authorization: 'Bearer k-1' },
        body: '{"ip":"203.0.113.9"}',
        status: 200,
      },
    ])
    expect(run.timings.cpuMs).toBeGreaterThan(0)
    expect(run.timings.wallMs).toBeGreaterThan(0)
  })

  test.each<[string, MockedFetch]>([
    ['a URL without a method', { 'https://risk.example.com/score': { json: { score: 1 } } }],
    ['a pattern', { 'https://*.example.com/*': { json: { score: 1 } } }],
    ['a URL with its query', { 'https://risk.example.com/score?ip=203.0.113.9': { json: { score: 1 } } }],
    ['the first of several', { '*': { json: { score: 1 } }, 'https://risk.example.com/score': { status: 500 } }],
    ['a Response', { '*': Response.json({ score: 1 }) }],
    ['a route that looks', { '*': ({ body }) => ({ json: { score: body?.includes('203.0.113.9') ? 1 : 99 } }) }],
    ['a function', async ({ url }) => Response.json({ score: url.includes('risk') ? 1 : 99 })],
  ])('%s answers', async (_, fetch) => {
    expectRun(await action.execute({ fetch })).toProceed()
  })

  test.each<[string, MockedFetch, string]>([
    ['a status', { '*': { status: 503 } }, 'The risk service answered 503 Service Unavailable.'],
    ['an error on the way', { '*': { error: 'ECONNREFUSED' } }, 'fetch failed'],
    ['an answer that is too large', { '*': { body: 'x'.repeat(1_048_577) } }, 'fetch failed'],
  ])('%s reaches the action', async (_, fetch, message) => {
    const run = await action.execute({ fetch })
    expectRun(run).toFailWith(message)
  })

  test('the code of an error on the way is the cause', async () => {
    const { error, requests } = await action.execute({ fetch: { '*': { error: 'ETIMEDOUT' } } })
    expect(error?.stack).toContain('ETIMEDOUT')
    expect(requests[0]).toMatchObject({ error: 'ETIMEDOUT: ETIMEDOUT (mocked)' })
  })

  test.each<[string, MockedFetch | undefined]>([
    ['a route for something else', { 'GET https://risk.example.com/score': { json: { score: 1 } } }],
    ['a function without an answer', () => undefined],
    ['no network at all', undefined],
  ])('with %s the test fails and names the request', async (_, fetch) => {
    const failing = action.execute(fetch ? { fetch } : {})
    await expect(failing).rejects.toThrow(UnexpectedRequestError)
    await expect(failing).rejects.toThrow('POST https://risk.example.com/score?ip=203.0.113.9')
  })

  test('an action that catches the failure does not hide it', async () => {
    const catching = await openAction(new URL('actions/catches.js', import.meta.url))
    await expect(catching.execute()).rejects.toThrow('GET https://flags.example.com/')
  })

  test('a route that throws fails the test with its own error', async () => {
    const fetch = {
      '*': () => {
        throw new Error('a mistake of the test')
      },
    }
    await expect(action.execute({ fetch })).rejects.toThrow('a mistake of the test')
  })

  test('a real network is used where the test allows it, and only for what it has no answer to', async () => {
    const server = createServer((request, response) => response.end(`you asked ${request.url}`)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const asks = await openAction(new URL('actions/catches.js', import.meta.url), {
      secrets: { FLAGS: `http://127.0.0.1:${port}/flags` },
    })
    const real = await asks.execute({ network: 'real' })
    expect(real.console[0]?.text).toBe('you asked /flags')
    const mocked = await asks.execute({ network: 'real', fetch: { '*': { body: 'mocked' } } })
    expect(mocked.console[0]?.text).toBe('mocked')
    server.close()
    await once(server, 'close')
    const refused = await asks.execute({ network: 'real' })
    expect(refused.console[0]?.text).toBe('ECONNREFUSED')
  })
})

test.each(['http', 'https'] as const)('what goes out by Node’s %s is answered by the same routes', async (scheme) => {
  const asks = await openAction(new URL('actions/by-node.js', import.meta.url), { secrets: { SCHEME: scheme } })
  const route = `POST ${scheme}://flags.example.com/all`
  const run = await asks.execute({ fetch: { [route]: { status: 201, json: { on: true } } } })
  expect(run.console).toEqual([{ level: 'log', text: '201 {"on":true}' }])
  expect(run.requests).toMatchObject([{ method: 'POST', body: 'asked', status: 201 }])
})

describe('a user who comes back', () => {
  const depart = () => action.execute({ fetch: scored(50) })

  test('was sent away with a token that the secret opens', async () => {
    const run = await depart()
    expectRun(run).toRedirectTo('https://verifier.example.com/start?from=reset')
    const token = new URL(run.redirectUrl ?? '').searchParams.get('token')
    expect(readToken(token, secret)).toMatchObject({ score: 50, sub: 'auth0|ada', iss: 'login.example.com' })
    expect(() => readToken(token, 'another-secret')).toThrow('invalid signature')
  })

  test.each(['query', 'body'] as const)('with a signed token in the %s goes on', async (place) => {
    const back = await (await depart()).continueWith({ token: { secret, claims: { verified: true }, in: place } })
    expectRun(back).toChallengeWith('otp', { additionalFactors: ['sms'] })
    const expected = place === 'query' ? 'GET state,session_token 50' : 'POST state 50'
    expect(back.console).toEqual([{ level: 'log', text: expected }])
    expect(back.resultUrl).toBe('https://app.example.com/done')
  })

  test.each([
    ['without a token', {}, `There is no parameter called 'session_token'`],
    ['with another secret', { token: { secret: 'x'.repeat(32) } }, 'invalid signature'],
    ['with the state of another redirect', { token: { secret, claims: { state: 'other' } } }, 'state is not the one'],
    ['as another user', { token: { secret, claims: { sub: 'auth0|eve' } } }, 'sub is not the current user'],
    ['too late', { token: { secret, claims: { exp: 1 } } }, 'jwt expired'],
    ['with a token that never ends', { token: { secret, claims: { exp: undefined } } }, 'jwt has no expiry'],
  ])('%s is refused', async (_, back, message) => {
    expectRun(await (await depart()).continueWith(back)).toFailWith(message)
  })

  test('a token of one redirect is no token of the next', async () => {
    const [one, other] = [await depart(), await depart()]
    const urls = [one.redirectUrl, other.redirectUrl]
    expect(urls[0]).not.toContain('state=')
    const back = await one.continueWith({ token: { secret, claims: { verified: true } } })
    expectRun(back).not.toFailWith({})
  })

  test('a handler can be begun with the return', async () => {
    const run = await action.execute({
      handler: 'onContinuePostChallenge',
      back: { token: { secret, claims: { verified: false } } },
    })
    expectRun(run).toDeny('Not verified.')
  })

  test('a passed challenge is in the event of the next action', async () => {
    const run = await (await depart()).continueWith({ token: { secret, claims: { verified: true } } })
    const end = await run.continueWith({ passed: ['phone'] })
    expectRun(end).toProceed()
    expect(end.reports).toEqual([])
  })

  test('nobody comes back where nothing was demanded', async () => {
    const run = await action.execute({ fetch: scored(1) })
    expect(() => run.continueWith()).toThrow('the decision is "proceed"')
  })

  test('a prompt is answered with fields, and its vars come back', async () => {
    const asks = await openAction(new URL('actions/asks-company.js', import.meta.url))
    const run = await asks.execute({ event: buildEvent({ user: { name: undefined } }) })
    expectRun(run).toRender('company', { fields: { company: 'Your company' } })
    const back = await run.continueWith({ fields: { company: 'Acme' } })
    expectRun(back).toDeny('POST undefined {"id":"company","fields":{"company":"Acme"},"vars":{"tries":1}} otp')
  })
})
