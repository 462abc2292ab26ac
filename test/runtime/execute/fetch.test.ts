/** `fetch` of an action, from its call in the isolate through both processes to a real server and back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCidr } from '../../../server/src/egress/address-policy.ts'
import { createEgress } from '../../../server/src/egress/egress.ts'
import { createResolveHost } from '../../../server/src/egress/resolve-host.ts'
import { type HttpTarget, startHttpTarget } from '../../support/http-target.ts'
import { executing, openRuntime, type Request, type TestRuntime } from '../../support/runtime.ts'

let target: HttpTarget
let runtime: TestRuntime
/** Answers of `/wait` that are held back. */
const held: (() => void)[] = []
let arrived = () => {}

beforeAll(async () => {
  target = await startHttpTarget((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://target')
    if (pathname === '/json')
      return response.writeHead(200, { 'content-type': 'application/json', 'X-Mine': 'yes' }).end('{"a":["é"]}')
    if (pathname === '/bytes') return response.end(Buffer.from([0, 255, 254, 128]))
    if (pathname === '/missing') return response.writeHead(404, 'Not There').end('nothing')
    if (pathname === '/large') return response.end('x'.repeat(5_000))
    if (pathname === '/wait') {
      held.push(() => response.end('at last'))
      return arrived()
    }
    response.end('hello')
  })
  const guard = { resolveHost: createResolveHost(), opened: [parseCidr('127.0.0.0/8')], ownPorts: () => [] }
  runtime = await openRuntime({ egress: createEgress(guard) })
})
afterAll(async () => {
  await runtime.close()
  await target.close()
})

/** Runs a body that may name `url`, and answers what it logged, as data. */
const logged = async (body: string, request?: Request): Promise<unknown[]> => {
  const report = await runtime.run(executing(`const url = '${target.origin}'\n${body}`), request)
  if (report.ending !== 'completed')
    throw new Error(`${report.ending}: ${report.error?.message} ${report.error?.stack}`)
  return report.console.map(({ text }) => JSON.parse(text))
}

const log = (expression: string) => `console.log(JSON.stringify(${expression}))`

describe('an answer', () => {
  test('has status, headers and a body as JSON', async () => {
    const [answer] = await logged(`
      const response = await fetch(url + '/json')
      const { status, statusText, ok, redirected } = response
      ${log(`[status, statusText, ok, redirected, response.url.slice(url.length), response.headers.get('x-MINE'), await response.json()]`)}`)
    expect(answer).toEqual([200, 'OK', true, false, '/json', 'yes', { a: ['é'] }])
  })

  test('has bytes where it is no text', async () => {
    const body = `const response = await fetch(url + '/bytes'); ${log(`[...new Uint8Array(await response.arrayBuffer())]`)}`
    expect(await logged(body)).toEqual([[0, 255, 254, 128]])
  })

  test('is not ok with an error status, and no error', async () => {
    const body = `const response = await fetch(url + '/missing'); ${log(`[response.ok, response.status, response.statusText, await response.text()]`)}`
    expect(await logged(body)).toEqual([[false, 404, 'Not There', 'nothing']])
  })

  test('is read once, and a clone once more', async () => {
    const body = `
      const response = await fetch(url + '/json')
      const clone = response.clone()
      await response.text()
      const again = await response.text().catch((error) => error.message)
      ${log(`[again, response.bodyUsed, await clone.json(), clone.url === response.url]`)}`
    expect(await logged(body)).toEqual([['Body is unusable: Body has already been read', true, { a: ['é'] }, true]])
  })
})

test('a request carries method, headers and body', async () => {
  await logged(`
    const headers = new Headers({ 'X-One': '1' })
    headers.append('x-one', '2')
    await fetch(url + '/post', { method: 'post', headers, body: JSON.stringify({ text: 'é' }) })`)
  expect(target.seen.at(-1)).toMatchObject({
    method: 'POST',
    body: '{"text":"é"}',
    headers: { 'x-one': '1, 2', 'content-type': 'text/plain;charset=UTF-8', 'content-length': '13' },
  })
  await logged(`await fetch(new Request(url + '/put', { method: 'PUT', body: new Uint8Array([104, 105]) }))`)
  expect(target.seen.at(-1)).toMatchObject({ method: 'PUT', url: '/put', body: 'hi' })
})

describe('the report of a run', () => {
  test('lists its requests with host, status and bytes', async () => {
    const source = executing(
      `await fetch('${target.origin}/json'); await fetch('${target.origin}/', { method: 'POST', body: 'four' })`,
    )
    const { egress } = await runtime.run(source)
    const host = `127.0.0.1:${target.port}`
    expect(egress).toEqual([
      { host, method: 'GET', status: 200, ms: expect.any(Number), bytesIn: 12, bytesOut: 0 },
      { host, method: 'POST', status: 200, ms: expect.any(Number), bytesIn: 5, bytesOut: 4 },
    ])
  })

  test('lists a request that was under way when the run ended, and the request ends with it', async () => {
    const closed = new Promise<void>((resolve) => {
      arrived = () => resolve()
    })
    const source = executing(`void fetch('${target.origin}/wait'); await new Promise((done) => setTimeout(done, 200))`)
    const { ending, egress } = await runtime.run(source)
    await closed
    expect(ending).toBe('completed')
    expect(egress).toMatchObject([{ error: 'ERR_EGRESS_ABORTED: The run ended before the answer came.' }])
    expect(egress[0]).not.toHaveProperty('status')
  })
})

/** What the author catches. */
const failureOf = async (call: string, request?: Request) => {
  const body = `await ${call}.catch((error) => ${log(`{ class: error.constructor.name, name: error.name, message: error.message, code: error.cause?.code }`)})`
  return (await logged(body, request))[0]
}

describe('a failure', () => {
  test.each([
    ['an address that is not public', `fetch('http://10.0.0.1/')`, 'ERR_EGRESS_ADDRESS'],
    ['a port that browsers refuse', `fetch('http://127.0.0.1:9/')`, 'ERR_EGRESS_FAILED'],
    ['a scheme', `fetch('file:///etc/passwd')`, 'ERR_EGRESS_SCHEME'],
    ['a large body', `fetch(url, { method: 'POST', body: 'x'.repeat(262_145) })`, 'ERR_EGRESS_BODY'],
    ['large headers', `fetch(url, { headers: { x: 'x'.repeat(20_000) } })`, 'ERR_EGRESS_HEADERS'],
  ])('%s is a TypeError with the reason as its cause', async (_, call, code) => {
    expect(await failureOf(call)).toEqual({ class: 'TypeError', name: 'TypeError', message: 'fetch failed', code })
  })

  test.each([
    [`fetch('nonsense')`, 'Failed to parse URL from nonsense'],
    [`fetch(url, { body: 'x' })`, 'Request with GET/HEAD method cannot have body.'],
    [`fetch(url, { method: 'CONNECT' })`, "'CONNECT' is not a valid HTTP method."],
    [`fetch(url, { headers: { 'a b': 'x' } })`, 'Headers: "a b" is not a valid header name.'],
    [`fetch(url, { headers: { a: 'x\\ny' } })`, 'Headers: the value of "a" is not valid.'],
    [`fetch(url, { redirect: 'away' })`, 'Request: "redirect" must be "follow", "error" or "manual".'],
  ])('%s is refused at once', async (call, message) => {
    expect(await failureOf(call)).toMatchObject({ name: 'TypeError', message })
  })

  test("that nobody catches ends the run, with the cause and the author's own line", async () => {
    const { ending, error } = await runtime.run(executing(`\nawait fetch('http://10.0.0.1/')`))
    expect(ending).toBe('threw')
    expect(error).toMatchObject({ name: 'TypeError', message: 'fetch failed' })
    expect(error?.stack).toContain('action.js:3')
    expect(error?.stack).toContain('10.0.0.1 does not lead to a public address only.')
  })
})

describe('giving up', () => {
  test.each([
    [`AbortSignal.timeout(20)`, 'TimeoutError'],
    [`AbortSignal.any([AbortSignal.timeout(20), new AbortController().signal])`, 'TimeoutError'],
    [`AbortSignal.abort()`, 'AbortError'],
  ])('by %s', async (signal, name) => {
    expect(await failureOf(`fetch(url + '/wait', { signal: ${signal} })`)).toMatchObject({
      class: 'DOMException',
      name,
    })
  })

  test('with a reason of the author', async () => {
    const body = `
      const controller = new AbortController()
      setTimeout(() => controller.abort(new RangeError('enough')), 20)
      await fetch(url + '/wait', { signal: controller.signal }).catch((error) => ${log('[error.name, error.message]')})`
    expect(await logged(body)).toEqual([['RangeError', 'enough']])
  })
})

describe('a limit', () => {
  test('egressRequests: one too many is refused, and named in the report', async () => {
    const source = executing(`
      for (let n = 0; n < 3; n++) await fetch('${target.origin}/')
      for (let n = 0; n < 3; n++) await fetch('${target.origin}/').catch(({ cause }) => console.log(cause.code, cause.message))`)
    const { ending, console, egress } = await runtime.run(source, { limits: { egressRequests: 3 } })
    const text = 'A run may make at most 3 requests (limit "egressRequests", reached: 4).'
    expect(ending).toBe('completed')
    expect(console.map((line) => line.text)).toEqual(Array(3).fill(`ERR_EGRESS_REQUESTS ${text}`))
    expect(egress.map(({ error }) => error)).toEqual([undefined, undefined, undefined, `ERR_EGRESS_REQUESTS: ${text}`])
  })

  test('egressBytes', async () => {
    const { console, egress } = await runtime.run(
      executing(`await fetch('${target.origin}/large').catch(({ cause }) => console.log(cause.message))`),
      { limits: { egressBytes: 4_999 } },
    )
    const text = console[0]?.text
    expect(text).toMatch(/^The response has more than 4999 bytes \(limit "egressBytes", reached: 5\d\d\d bytes\)\.$/)
    expect(egress[0]?.error).toBe(`ERR_EGRESS_BYTES: ${text}`)
  })

  test('egressMs', async () => {
    const { console, egress } = await runtime.run(
      executing(`await fetch('${target.origin}/wait').catch(({ cause }) => console.log(cause.message))`),
      { limits: { egressMs: 200 } },
    )
    const text = console[0]?.text
    expect(text).toMatch(/^The request took longer than 200 ms \(limit "egressMs", reached: \d+ ms\)\.$/)
    expect(egress[0]?.error).toBe(`ERR_EGRESS_MS: ${text}`)
  })

  test('egressConcurrent: further requests wait for their turn', async () => {
    held.length = 0
    let most = 0
    arrived = () => {
      most = Math.max(most, held.length)
      // Answered once two are here, or when the last one is.
      if (held.length === 2) for (const answer of held.splice(0)) answer()
    }
    const body = `${log(`await Promise.all(Array.from({ length: 8 }, async () => (await fetch(url + '/wait')).text()))`)}`
    expect(await logged(body, { limits: { egressConcurrent: 2 } })).toEqual([Array(8).fill('at last')])
    expect(most).toBe(2)
  })
})

test('a runtime without a way out says so', async () => {
  const closed = await openRuntime()
  try {
    const { egress, ending, console } = await closed.run(
      executing(`await fetch('http://example.com/').catch(({ message, cause }) => console.log(message, cause.code))`),
    )
    expect([ending, console[0]?.text]).toEqual(['completed', 'fetch failed ERR_EGRESS_UNAVAILABLE'])
    expect(egress).toMatchObject([{ host: 'example.com', error: expect.stringContaining('no way out') }])
  } finally {
    await closed.close()
  }
})

test('a tenant with a list of hosts reaches those and no others', async () => {
  const request = { egressHosts: [`127.0.0.1:${target.port}`] }
  expect(await logged(log(`(await fetch(url)).status`), request)).toEqual([200])
  expect(await failureOf(`fetch('http://example.com/')`, request)).toMatchObject({ code: 'ERR_EGRESS_HOST' })
})
