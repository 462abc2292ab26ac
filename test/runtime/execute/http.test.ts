/** `http` and `https` of an action: the same code in this Node and in the sandbox, against one server, comes to the same. */
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCidr } from '../../../server/src/egress/address-policy.ts'
import { createEgress } from '../../../server/src/egress/egress.ts'
import { createResolveHost } from '../../../server/src/egress/resolve-host.ts'
import { type HttpTarget, startHttpTarget } from '../../support/http-target.ts'
import { executing, openRuntime, type TestRuntime } from '../../support/runtime.ts'

let target: HttpTarget
let runtime: TestRuntime
/** Of a server that is gone: nobody listens there. */
let closedPort: number

beforeAll(async () => {
  const gone = await startHttpTarget(() => {})
  closedPort = gone.port
  await gone.close()
  target = await startHttpTarget((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://target')
    const { method, url, headers } = request
    if (pathname === '/wait') return undefined
    if (pathname === '/cut') return request.socket.destroy()
    if (pathname === '/redirect') return response.writeHead(302, { location: '/elsewhere' }).end()
    if (pathname === '/missing') return response.writeHead(404, 'Not There').end('nothing')
    if (pathname === '/empty') return response.writeHead(204).end()
    if (pathname === '/bytes') return response.end(Buffer.from([0, 255, 254, 128]))
    if (pathname === '/large') return response.end('é'.repeat(100_000))
    if (pathname === '/cookies')
      return response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'], 'X-Mine': ['1', '2'] }).end('cookies')
    if (pathname === '/zipped')
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('was zipped'))
    const body = target.seen.at(-1)?.body
    const { authorization, 'content-type': type, 'x-one': one } = headers
    return response.end(JSON.stringify({ method, url, authorization, type, one, body }))
  })
  const guard = { resolveHost: createResolveHost(), opened: [parseCidr('127.0.0.0/8')], ownPorts: () => [] }
  runtime = await openRuntime({ egress: createEgress(guard) })
})
afterAll(async () => {
  await runtime.close()
  await target.close()
})

/** In scope of every body: what happens to a request, in order, and what came back. */
const kit = `
  const http = require('http'), https = require('https')
  const told = (error) => error && { name: error.name, code: error.code, message: error.message, errno: error.errno, syscall: error.syscall, address: error.address, port: error.port }
  const follow = (request, send = (request) => request.end()) => new Promise((done) => {
    const events = [], answer = {}
    for (const name of ['socket', 'finish', 'response', 'abort', 'timeout', 'close']) request.on(name, () => events.push(name))
    request.on('error', (error) => { events.push('error'); answer.error = told(error) })
    request.on('response', (response) => {
      const chunks = []
      answer.status = [response.statusCode, response.statusMessage, response.httpVersion]
      response.on('data', (chunk) => chunks.push(chunk))
      for (const name of ['end', 'aborted', 'close']) response.on(name, () => events.push('response ' + name))
      response.on('error', (error) => events.push('response error ' + error.message))
      response.on('end', () => { answer.body = Buffer.concat(chunks.map((chunk) => Buffer.from(chunk))).toString('latin1') })
    })
    request.on('close', () => setTimeout(() => done({ events, ...answer }), 5))
    send(request)
  })
  const thrown = (call) => { try { return call() } catch (error) { return told(error) } }
`

const inSandbox = async (body: string): Promise<unknown> => {
  const source = `const url = '${target.origin}', closedPort = ${closedPort}, port = ${target.port}\n${kit}
    console.log(JSON.stringify(await (async () => { ${body} })()))`
  const { ending, error, console } = await runtime.run(executing(source))
  if (ending !== 'completed') throw new Error(`${ending}: ${error?.message} ${error?.stack}`)
  return JSON.parse(console.at(-1)?.text ?? 'null')
}

const inNode = async (body: string): Promise<unknown> => {
  const run = new Function('require', 'url', 'closedPort', 'port', `${kit}; return (async () => { ${body} })()`)
  const value: unknown = await run(createRequire(import.meta.url), target.origin, closedPort, target.port)
  return JSON.parse(JSON.stringify(value))
}

describe('as in Node', () => {
  test.each([
    ['an answer', `return follow(http.request(url + '/a?b=c'))`],
    ['a URL and options', `return follow(http.request(new URL(url), { path: '/x', method: 'put' }))`],
    ['options alone', `return follow(http.request({ host: '127.0.0.1', port, path: '/p?q=1', auth: 'me:pass' }))`],
    ['a user of the URL', `return follow(http.request(url.replace('//', '//me:p%40ss@')))`],
    ['get', `return follow(http.get(url), () => {})`],
    ['an error status', `return follow(http.request(url + '/missing'))`],
    ['no content', `return follow(http.request(url + '/empty'))`],
    ['HEAD', `const { status, body } = await follow(http.request(url, { method: 'HEAD' })); return [status, body]`],
    ['bytes', `return follow(http.request(url + '/bytes'))`],
    ['a redirect, which is not followed', `return follow(http.request(url + '/redirect'))`],
    [
      'a body of every kind',
      `return follow(http.request(url, { method: 'POST', headers: { 'content-type': 'text/x' } }), (request) => {
        request.write('aé'); request.write(Buffer.from('b')); request.write(new Uint8Array([99])); request.write('ZA==', 'base64'); request.end('e') })`,
    ],
    [
      'a stream piped into it',
      `return follow(http.request(url, { method: 'POST' }), (request) => require('stream').Readable.from(['one', 'two']).pipe(request))`,
    ],
    [
      'a pipeline into it',
      `const ended = []
       const answer = await follow(http.request(url, { method: 'POST' }), (request) =>
         require('stream').pipeline(require('stream').Readable.from(['one', 'two']), request, (error) => ended.push(told(error))))
       return [ended.length, answer]`,
    ],
    [
      'headers as an object, a list and a list of pairs',
      `return Promise.all([{ 'X-One': '1' }, ['Host', 'h', 'X-One', '1', 'x-one', '2'], [['Host', 'h'], ['X-One', '3']]].map(async (headers) => (await follow(http.request(url, { headers }))).body))`,
    ],
    [
      'cookies, and headers that come twice',
      `return new Promise((done) => http.get(url + '/cookies', (response) => done([response.headers['set-cookie'], response.headers['x-mine'], response.headersDistinct['set-cookie'], response.rawHeaders.length % 2])))`,
    ],
    [
      'text as it is read',
      `return new Promise((done) => http.get(url + '/large', async (response) => {
        response.setEncoding('utf8'); let text = ''
        for await (const chunk of response) text += chunk
        done([text === 'é'.repeat(100_000), response.complete, response.readableEnded]) }))`,
    ],
    ['nobody who listens there', `return (await follow(http.request({ host: '127.0.0.1', port: closedPort }))).error`],
    ['a connection that is cut', `return follow(http.request(url + '/cut'))`],
    [
      'a timeout, at which the author gives up',
      `return follow(http.request(url + '/wait', { timeout: 20 }), (request) => request.on('timeout', () => request.destroy(new Error('mine'))).end())`,
    ],
    [
      'setTimeout with a callback',
      `return follow(http.request(url + '/wait'), (request) => request.setTimeout(20, () => request.destroy()).end())`,
    ],
    [
      'abort',
      `return follow(http.request(url + '/wait'), (request) => { request.end(); setTimeout(() => request.abort(), 30) })`,
    ],
    ['destroy before anything', `return follow(http.request(url), (request) => request.destroy())`],
    [
      'a signal',
      `const controller = new AbortController()
       return follow(http.request(url + '/wait', { signal: controller.signal }), (request) => { request.end(); setTimeout(() => controller.abort(), 30) })`,
    ],
    [
      'an answer nobody listens to',
      `return new Promise((done) => http.request(url + '/missing').on('close', () => done('closed')).end())`,
    ],
    [
      'an answer that is given up when it begins, which is an error for who listens only',
      `const given = (listen) => new Promise((done) => {
         const events = []
         const request = http.get(url + '/large', (response) => {
           response.on('aborted', () => events.push('aborted'))
           if (listen) response.on('error', ({ code, message }) => events.push([code, message]))
           request.destroy()
         })
         request.on('error', ({ message }) => events.push(message)).on('close', () => setTimeout(() => done(events), 5))
       })
       return [await given(true), await given(false)]`,
    ],
    [
      'headers of a request',
      `const request = http.request(url, { headers: { 'X-One': 1, a: ['b', 'c'] } })
       request.setHeader('Y', 'z'); request.appendHeader('y', 'w'); request.removeHeader('X-ONE')
       const seen = [request.getHeader('y'), request.getHeaderNames(), request.getRawHeaderNames(), request.hasHeader('A'), request.headersSent, request.path, request.method, request.host, request.protocol]
       const answer = follow(request)
       return [seen, request.headersSent, thrown(() => request.setHeader('a', 'b')), (await answer).status]`,
    ],
    [
      'what is refused at once',
      `return [
        () => http.request('https://a.example'), () => https.request('http://a.example'), () => http.request({ path: '/a b' }),
        () => http.request({ headers: { 'a b': 1 } }), () => http.request({ headers: { a: undefined } }), () => http.request({ headers: { a: 'x\\ny' } }),
        () => http.request({ method: 'A B' }), () => http.request({ method: 1 }), () => http.request({ agent: {} }), () => http.request({ host: 1 }),
        () => http.request('nonsense'), () => http.validateHeaderName('a:'), () => http.validateHeaderValue('a', 'é€'), () => http.validateHeaderName('a-b'),
      ].map((call) => thrown(call)?.message)`,
    ],
    [
      'agents',
      `const agent = new http.Agent({ keepAlive: true, maxSockets: 5 })
       return [agent.maxSockets, agent.keepAlive, agent.protocol, agent.defaultPort, agent instanceof http.Agent, new https.Agent() instanceof http.Agent,
         http.globalAgent.constructor === http.Agent, https.globalAgent.defaultPort, agent.getName({ host: 'a', port: 1 }), Object.keys(agent.sockets), agent.destroy() === undefined,
         (await follow(http.request(url, { agent }))).status, (await follow(http.request(url, { agent: false }))).status]`,
    ],
    ['its tables', 'return [http.METHODS, http.STATUS_CODES, http.maxHeaderSize]'],
  ])('%s', async (_, body) => {
    expect(await inSandbox(body)).toEqual(await inNode(body))
  })
})

describe('other than in Node', () => {
  test('a request is taken before it is known whether somebody listens', async () => {
    const body = `return (await follow(http.request({ host: '127.0.0.1', port: closedPort }))).events`
    expect(await inSandbox(body)).toEqual(['socket', 'finish', 'error', 'close'])
  })

  test('an answer is decompressed already, and says nothing else', async () => {
    const body = `return new Promise((done) => http.get(url + '/zipped', async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      done([text, response.headers['content-encoding'], response.headers['content-length'], response.rawHeaders.includes('content-encoding')]) }))`
    expect(await inSandbox(body)).toEqual(['was zipped', null, null, false])
  })

  test.each([
    ['an address that is not public', `http.request('http://10.0.0.1/')`, 'ERR_EGRESS_ADDRESS'],
    ['a large body', `http.request(url, { method: 'POST' })`, 'ERR_EGRESS_BODY'],
    ['large headers', `http.request(url, { headers: { x: 'x'.repeat(20_000) } })`, 'ERR_EGRESS_HEADERS'],
    [
      'a proxy',
      `http.request(url, { agent: Object.assign(new http.Agent(), { proxy: 'http://p' }) })`,
      'ERR_NOT_AVAILABLE',
    ],
    ['a client certificate', `https.request('https://a.example', { cert: 'c', key: 'k' })`, 'ERR_NOT_AVAILABLE'],
    ['a local socket', `http.request({ socketPath: '/var/run/x.sock' })`, 'ERR_NOT_AVAILABLE'],
    ['a tunnel', `http.request(url, { method: 'CONNECT' })`, 'ERR_NOT_AVAILABLE'],
  ])('%s ends in an error with its own code', async (_, request, code) => {
    const body = `return follow(${request}, (request) => request.end('x'.repeat(${code === 'ERR_EGRESS_BODY' ? 262_145 : 0})))`
    const { events, error } = (await inSandbox(body)) as { events: string[]; error: { code: string } }
    expect(error.code).toBe(code)
    expect(events.at(-1)).toBe('close')
  })

  test('its requests count as those of fetch do', async () => {
    const source = executing(`${kit}
      for (let n = 0; n < 2; n++) await follow(http.request('${target.origin}'))
      await fetch('${target.origin}')
      console.log((await follow(http.request('${target.origin}'))).error.code)`)
    const { console, egress } = await runtime.run(source, { limits: { egressRequests: 3 } })
    expect(console.map(({ text }) => text)).toEqual(['ERR_EGRESS_REQUESTS'])
    expect(egress).toHaveLength(4)
  })

  test('an error nobody listens to ends the run', async () => {
    const source = executing(`require('http').get('http://127.0.0.1:${closedPort}'); await new Promise(() => {})`)
    expect(await runtime.run(source)).toMatchObject({ ending: 'threw', error: { code: 'ECONNREFUSED' } })
  })

  test('an error of a listener ends the run', async () => {
    const source = executing(`
      require('http').get('${target.origin}', () => { throw new RangeError('mine') }); await new Promise(() => {})`)
    expect(await runtime.run(source)).toMatchObject({ ending: 'threw', error: { name: 'RangeError', message: 'mine' } })
  })
})
