/** The way out of the server by itself: real DNS questions, real sockets. What it must not reach is on loopback too. */
import { gzipSync } from 'node:zlib'
import { type Egress, type EgressCall, EgressError } from '@interlock/runtime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCidr } from '../../../server/src/egress/address-policy.ts'
import { createEgress } from '../../../server/src/egress/egress.ts'
import { createResolveHost } from '../../../server/src/egress/resolve-host.ts'
import { type DnsServer, startDnsServer } from '../../support/dns-server.ts'
import { type HttpTarget, startHttpTarget } from '../../support/http-target.ts'
import { freePort } from '../../support/services.ts'

let dns: DnsServer
let target: HttpTarget
/** Loopback is open to it. */
let open: Egress
/** Nothing but the public network is. */
let guarded: Egress

/** How often each name was asked for an IPv4 address. */
const questions = new Map<string, number>()

beforeAll(async () => {
  dns = await startDnsServer((name, type) => {
    if (type === 'AAAA') return name === 'mixed.test' ? ['::1'] : name === 'mapped.test' ? ['::ffff:7f00:1'] : []
    const count = (questions.get(name) ?? 0) + 1
    questions.set(name, count)
    if (name === 'inside.test') return ['127.0.0.1']
    if (name === 'mixed.test') return ['127.0.0.2']
    if (name === 'several.test') return ['127.0.0.1', '10.0.0.1']
    if (name === 'rebinding.test') return count === 1 ? ['127.0.0.1'] : ['10.0.0.1']
    return []
  })
  target = await startHttpTarget((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://target')
    const answers: Record<string, () => void> = {
      '/to': () =>
        response
          .writeHead(Number(searchParams.get('status') ?? 302), { location: searchParams.get('url') ?? '' })
          .end(),
      '/loop': () => response.writeHead(302, { location: '/loop' }).end(),
      '/gzip': () => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed')),
      '/bomb': () => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
      '/headers': () => response.writeHead(200, { 'x-bomb': 'x'.repeat(20_000) }).end(),
      '/endless': () => {
        response.writeHead(200)
        const write = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        }
        response.on('drain', write)
        write()
      },
      '/cookies': () => response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end(),
    }
    const answer = answers[pathname]
    if (answer) answer()
    else response.writeHead(200, { 'x-from': 'target' }).end('hello')
  })
  const guard = { resolveHost: createResolveHost([dns.address]), ownPorts: () => [] }
  open = createEgress({ ...guard, opened: [parseCidr('127.0.0.0/8')] })
  guarded = createEgress({ ...guard, opened: [] })
})
afterAll(async () => {
  await target.close()
  await dns.close()
})

const callOf = (url: string, given: Partial<EgressCall> = {}): EgressCall => ({
  tenant: 'acme',
  method: 'GET',
  url,
  headers: [],
  redirect: 'follow',
  maximumBytes: 100_000,
  signal: new AbortController().signal,
  ...given,
})

const at = (path: string, host = '127.0.0.1') => `http://${host}:${target.port}${path}`

const failureOf = async (egress: Egress, call: EgressCall): Promise<EgressError> => {
  const answer = await egress.send(call).catch((error: unknown) => error)
  if (!(answer instanceof EgressError)) throw new Error(`it did not fail: ${JSON.stringify(answer)}`)
  return answer
}

const textOf = (body: Uint8Array) => Buffer.from(body).toString()

describe('an answer', () => {
  test('is whole, with status, headers and the URL it came from', async () => {
    const answer = await open.send(callOf(at('/hello', 'inside.test')))
    expect(answer).toMatchObject({ status: 200, statusText: 'OK', url: at('/hello', 'inside.test'), redirected: false })
    expect(answer.headers).toContainEqual(['x-from', 'target'])
    expect(textOf(answer.body)).toBe('hello')
  })

  test('is decompressed', async () => {
    expect(textOf((await open.send(callOf(at('/gzip')))).body)).toBe('packed')
  })

  test('has every cookie apart', async () => {
    const { headers } = await open.send(callOf(at('/cookies')))
    expect(headers.filter(([name]) => name === 'set-cookie')).toEqual([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ])
  })
})

describe('a request', () => {
  test('arrives with method, headers and body', async () => {
    const headers: [string, string][] = [
      ['content-type', 'application/json'],
      ['x-mine', 'yes'],
    ]
    await open.send(callOf(at('/post'), { method: 'POST', headers, body: Buffer.from('{"a":1}') }))
    expect(target.seen.at(-1)).toMatchObject({
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json', 'x-mine': 'yes', 'content-length': '7' },
    })
  })

  test('names the host of its URL and no other, and carries nothing of the connection', async () => {
    const names = [
      'Host',
      'Connection',
      'Transfer-Encoding',
      'Content-Length',
      'Expect',
      'Upgrade',
      'TE',
      'Proxy-Authorization',
    ]
    const headers = names.map((name): [string, string] => [name, 'forged'])
    await open.send(callOf(at('/', 'inside.test'), { headers }))
    const seen = target.seen.at(-1)?.headers
    expect(seen?.host).toBe(`inside.test:${target.port}`)
    expect(JSON.stringify(seen)).not.toContain('forged')
  })

  test('does not carry user and password of the URL', async () => {
    await open.send(callOf(`http://user:secret@127.0.0.1:${target.port}/x`))
    expect(target.seen.at(-1)?.headers).not.toHaveProperty('authorization')
  })
})

describe('an address that is not public is refused', () => {
  const spellings = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '0',
    '0.0.0.0',
    '10.0.0.1',
    '169.254.169.254',
    '[::]',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '127。0。0。1',
    '１２７.0.0.1',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'inside.test',
    'INSIDE.test.',
    'mapped.test',
  ]
  test.each(spellings)('%s', async (host) => {
    const seen = target.seen.length
    expect((await failureOf(guarded, callOf(at('/', host)))).code).toBe('ERR_EGRESS_ADDRESS')
    expect(target.seen).toHaveLength(seen)
  })

  test.each(['several.test', 'mixed.test'])('%s: one such address among those of a name is enough', async (host) => {
    expect((await failureOf(open, callOf(at('/', host)))).code).toBe('ERR_EGRESS_ADDRESS')
  })

  test('a name that answers differently the second time', async () => {
    expect((await open.send(callOf(at('/', 'rebinding.test')))).status).toBe(200)
    expect((await failureOf(open, callOf(at('/', 'rebinding.test')))).code).toBe('ERR_EGRESS_ADDRESS')
    expect(questions.get('rebinding.test')).toBe(2)
  })

  test.each(['127.0.0.1', '127.9.9.9', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0'])(
    "the server's own port at %s, also where everything is open",
    async (host) => {
      const opened = ['0.0.0.0/0', '::/0'].map(parseCidr)
      const own = createEgress({ resolveHost: createResolveHost(), opened, ownPorts: () => [target.port] })
      expect((await failureOf(own, callOf(at('/', host)))).code).toBe('ERR_EGRESS_ADDRESS')
    },
  )
})

describe('a redirect', () => {
  const to = (url: string, status = 302) => at(`/to?status=${status}&url=${encodeURIComponent(url)}`)

  test('is followed', async () => {
    const answer = await open.send(callOf(to('/hello')))
    expect(answer).toMatchObject({ status: 200, redirected: true, url: at('/hello') })
  })

  test.each([
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:10.0.0.1]/',
    'http://several.test/',
  ])('to %s is refused', async (url) => {
    expect((await failureOf(open, callOf(to(url)))).code).toBe('ERR_EGRESS_ADDRESS')
  })

  test.each(['file:///etc/passwd', 'data:text/plain,x', 'ftp://127.0.0.1/'])('to %s is refused', async (url) => {
    expect((await failureOf(open, callOf(to(url)))).code).toBe('ERR_EGRESS_SCHEME')
  })

  test('to a host that is not on the list is refused', async () => {
    const call = callOf(to(at('/', 'inside.test')), { hosts: ['127.0.0.1'] })
    expect((await failureOf(open, call)).code).toBe('ERR_EGRESS_HOST')
  })

  test('without end is ended', async () => {
    const before = target.seen.length
    expect((await failureOf(open, callOf(at('/loop')))).code).toBe('ERR_EGRESS_REDIRECT')
    expect(target.seen.length - before).toBe(6)
  })

  test('takes no credentials to another origin, and the body only where fetch does', async () => {
    const headers: [string, string][] = [
      ['authorization', 'Bearer x'],
      ['Cookie', 'a=b'],
      ['content-type', 'text/plain'],
      ['x-mine', 'kept'],
    ]
    const post = { method: 'POST', headers, body: Buffer.from('body') }
    await open.send(callOf(to('/same', 307), post))
    expect(target.seen.at(-1)).toMatchObject({ method: 'POST', body: 'body', headers: { authorization: 'Bearer x' } })

    await open.send(callOf(to(at('/other', 'inside.test'), 303), post))
    const last = target.seen.at(-1)
    expect(last).toMatchObject({ method: 'GET', body: '', headers: { 'x-mine': 'kept' } })
    for (const name of ['authorization', 'cookie', 'content-type']) expect(last?.headers).not.toHaveProperty(name)
  })

  test('is an answer or an error where the author says so', async () => {
    expect(await open.send(callOf(to('/hello'), { redirect: 'manual' }))).toMatchObject({ status: 302 })
    expect((await failureOf(open, callOf(to('/hello'), { redirect: 'error' }))).message).toBe('unexpected redirect')
  })
})

describe('a list of hosts', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['inside.test', 'inside.test'],
    ['INSIDE.test', 'inside.test'],
    ['inside.test', '*.test'],
  ])('%s is reached with %s', async (host, entry) => {
    expect((await open.send(callOf(at('/', host), { hosts: [entry] }))).status).toBe(200)
  })

  test('an entry may name the port', async () => {
    expect((await open.send(callOf(at('/'), { hosts: [`127.0.0.1:${target.port}`] }))).status).toBe(200)
    expect((await failureOf(open, callOf(at('/'), { hosts: ['127.0.0.1:1'] }))).code).toBe('ERR_EGRESS_HOST')
  })

  test.each([
    ['inside.test', 'side.test'],
    ['inside.test', '*.inside.test'],
    ['inside.test', 'test'],
    ['127.0.0.1', ''],
  ])('%s is not reached with %j', async (host, entry) => {
    expect((await failureOf(open, callOf(at('/', host), { hosts: [entry] }))).code).toBe('ERR_EGRESS_HOST')
  })

  test('opens no address that is not public', async () => {
    expect((await failureOf(guarded, callOf(at('/'), { hosts: ['127.0.0.1'] }))).code).toBe('ERR_EGRESS_ADDRESS')
  })
})

describe('what a server sends', () => {
  test.each(['/bomb', '/endless'])('%s is cut off at its limit', async (path) => {
    const { code, message } = await failureOf(open, callOf(at(path)))
    expect(code).toBe('ERR_EGRESS_BYTES')
    expect(message).toMatch(/^The response has more than 100000 bytes \(limit "egressBytes", reached: \d+ bytes\)\.$/)
  })

  test('headers beyond 16 kB end the request', async () => {
    expect((await failureOf(open, callOf(at('/headers')))).code).toBe('UND_ERR_HEADERS_OVERFLOW')
  })

  test('a request that is given up ends at once', async () => {
    const controller = new AbortController()
    const failed = failureOf(open, callOf(at('/endless'), { signal: controller.signal, maximumBytes: 1e12 }))
    controller.abort(new EgressError('ERR_EGRESS_MS', 'late'))
    expect((await failed).code).toBe('ERR_EGRESS_MS')
  })
})

test.each([
  ['a name that does not exist', 'http://nowhere.test/', 'ENOTFOUND'],
  ['a port that browsers refuse', 'http://127.0.0.1:9/', 'ERR_EGRESS_FAILED'],
  ['what is no URL', 'nonsense', 'ERR_INVALID_URL'],
  ['another scheme', 'file:///etc/passwd', 'ERR_EGRESS_SCHEME'],
])('%s fails with a code', async (_, url, code) => {
  expect((await failureOf(open, callOf(url))).code).toBe(code)
})

test('a port nobody listens on fails with the code of the system', async () => {
  expect((await failureOf(open, callOf(`http://127.0.0.1:${await freePort()}/`))).code).toBe('ECONNREFUSED')
})
