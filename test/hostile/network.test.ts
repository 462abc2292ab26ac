/**
 * Actions that try to reach what they must not, or to hold the server up with what they may reach. What they must not reach
 * listens on loopback and counts who comes; a server of the attacker's own is reached through a name that leads to an
 * opened address.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseCidr } from '../../server/src/egress/address-policy.ts'
import { createEgress } from '../../server/src/egress/egress.ts'
import { createResolveHost } from '../../server/src/egress/resolve-host.ts'
import { type DnsServer, startDnsServer } from '../support/dns-server.ts'
import { type HttpTarget, startHttpTarget } from '../support/http-target.ts'
import { executing, openRuntime, type Request, type TestRuntime } from '../support/runtime.ts'
import { reaches } from './attacks/network.ts'
import { besideNeighbour, newAttacker } from './withstand.ts'

let dns: DnsServer
/** Must not be reached. */
let inside: HttpTarget
/** The attacker's. */
let outside: HttpTarget
let runtime: TestRuntime
let asked = 0

beforeAll(async () => {
  dns = await startDnsServer((name, type) => {
    if (type === 'AAAA') return []
    if (name === 'evil.test') return ['127.0.0.1']
    if (name === 'rebinding.test') return asked++ === 0 ? ['127.0.0.1'] : ['127.0.0.2']
    if (name === 'silent.test') return 'silent'
    return []
  })
  inside = await startHttpTarget((_, response) => response.end('inside'))
  outside = await startHttpTarget((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://outside')
    const drip = () => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'), 20)
      response.once('close', () => clearInterval(timer))
    }
    const lengths = 'Content-Length: 5\r\nContent-Length: 7'
    const answers: Record<string, () => void> = {
      '/redirect': () => response.writeHead(302, { location: searchParams.get('to') ?? '' }).end(),
      '/silent': () => {},
      '/drip': drip,
      '/garbage': () => request.socket.end(`HTTP/1.1 200 OK\r\n${lengths}\r\n\r\nhello`),
      '/': () => response.end(searchParams.get('echo') ?? 'outside'),
    }
    const answer = answers[pathname]
    if (answer) answer()
    else response.end('outside')
  })
  // 127.0.0.1 stands for the public network here, and everything else of loopback for what lies inside.
  const guard = { opened: [parseCidr('127.0.0.1/32')], ownPorts: () => [inside.port] }
  runtime = await openRuntime({ egress: createEgress({ ...guard, resolveHost: createResolveHost([dns.address]) }) })
})
afterAll(async () => {
  await runtime.close()
  await outside.close()
  await inside.close()
  await dns.close()
})
beforeEach(() => {
  asked = 0
})

/** Logs what became of each URL: its answer, or the code of the reason. */
const reaching = (...urls: string[]) =>
  executing(`
    for (const url of ${JSON.stringify(urls)})
      console.log(await fetch(url).then((response) => response.text(), (error) => error.cause?.code ?? error.message))`)

/** Runs the attack while a neighbour's action works; answers what the attack has logged. */
const attacking = async (source: string, request: Request = {}): Promise<string[]> => {
  const attack = runtime.execute(source, { tenant: newAttacker(), ...request })
  const [report] = (await besideNeighbour(runtime, attack)).runs
  if (report?.ending !== 'completed') throw new Error(`${report?.ending}: ${report?.error?.stack}`)
  return report.console.map(({ text }) => text)
}

describe('what lies inside is not reached', () => {
  test.each(reaches)('$title', async ({ url, word }) => {
    expect(await attacking(reaching(url(inside.port)))).toEqual([word])
  })

  test('by a redirect', async () => {
    const to = (url: string) => `${outside.origin}/redirect?to=${encodeURIComponent(url)}`
    const targets = [
      `http://127.0.0.2:${inside.port}/`,
      inside.origin,
      to(inside.origin),
      'http://169.254.169.254/',
      '//[::1]/',
    ]
    expect(await attacking(reaching(...targets.map(to)))).toEqual(Array(5).fill('ERR_EGRESS_ADDRESS'))
  })

  test('by a name that leads elsewhere the second time', async () => {
    const url = `http://rebinding.test:${outside.port}/`
    expect(await attacking(reaching(url, url))).toEqual(['outside', 'ERR_EGRESS_ADDRESS'])
  })

  test('by another Host header or a second request inside of the first', async () => {
    const smuggled = `GET / HTTP/1.1\\r\\nHost: 127.0.0.1:${inside.port}\\r\\n\\r\\n`
    const source = executing(`
      for (const init of [
        { headers: { host: '127.0.0.1:${inside.port}' } },
        { headers: { 'transfer-encoding': 'chunked', 'content-length': '0' }, method: 'POST', body: '0\\r\\n\\r\\n${smuggled}' },
      ]) await fetch('${outside.origin}', init)
      for (const init of [{ headers: { 'x': 'y\\r\\n\\r\\n${smuggled}' } }, { method: 'GET / HTTP/1.1' }])
        console.log(await fetch('${outside.origin}', init).catch((error) => error.name))`)
    expect(await attacking(source)).toEqual(['TypeError', 'TypeError'])
    expect(outside.seen.at(-1)?.headers.host).toBe(`127.0.0.1:${outside.port}`)
  })

  afterAll(() => expect(inside.seen).toEqual([]))
})

describe('nobody is held up by', () => {
  test.each([
    ['a server that never answers', () => `${outside.origin}/silent`, 'ERR_EGRESS_MS'],
    ['a body that drips', () => `${outside.origin}/drip`, 'ERR_EGRESS_MS'],
    ['a name server that never answers', () => 'http://silent.test/', 'ERR_EGRESS_MS'],
    ['an answer that contradicts itself', () => `${outside.origin}/garbage`, 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'],
  ])('%s', async (_, url, code) => {
    expect(await attacking(reaching(url()), { limits: { egressMs: 300 } })).toEqual([code])
  })

  test('a thousand requests at once: as many as the limits allow are sent', async () => {
    const before = outside.seen.length
    const source = executing(`
      const all = await Promise.allSettled(Array.from({ length: 1_000 }, () => fetch('${outside.origin}')))
      console.log(all.filter(({ status }) => status === 'fulfilled').length)`)
    expect(await attacking(source, { limits: { egressRequests: 10, egressConcurrent: 3 } })).toEqual(['10'])
    expect(outside.seen.length - before).toBe(10)
  })

  test('a flood of large bodies', async () => {
    const source = executing(`
      const body = '\\u0001'.repeat(262_144)
      const all = await Promise.allSettled(Array.from({ length: 20 }, () => fetch('${outside.origin}', { method: 'POST', body })))
      console.log(all.filter(({ status }) => status === 'fulfilled').length)`)
    expect(await attacking(source, { limits: { egressConcurrent: 10, cpuMs: 20_000 } })).toEqual(['20'])
  })

  test('requests that nobody awaits: they end with the run', async () => {
    const source = executing(`for (let n = 0; n < 5; n++) void fetch('${outside.origin}/silent').catch(() => {})
      await fetch('${outside.origin}/late', { signal: AbortSignal.timeout(300) }).catch(() => {})`)
    const { runs } = await runtime.execute(source, { tenant: 'mallory' })
    expect(runs[0]?.egress).toHaveLength(5)
    for (const { error } of runs[0]?.egress ?? []) expect(error).toContain('ERR_EGRESS_ABORTED')
  })

  test('a loop where the answer arrives', async () => {
    const source = executing(`await fetch('${outside.origin}'); for (;;);`)
    const { decision } = await runtime.execute(source, { tenant: 'mallory', limits: { cpuMs: 200 } })
    expect(decision).toMatchObject({ type: 'fail', ending: 'exceeded-cpu' })
  })
})

describe('the bridge believes nothing', () => {
  test.each([
    [
      'a polluted prototype',
      `Object.prototype.toJSON = () => ({ url: 'file:///x' }); Object.prototype.url = 'file:///x'`,
    ],
    [
      'replaced methods',
      `Array.prototype.push = JSON.stringify = Promise.prototype.then = Map.prototype.get = () => 'x'`,
    ],
    ['a replaced iterator', `Array.prototype[Symbol.iterator] = function* () { yield ['x', 'y'] }`],
    ['thenables', `Object.prototype.then = (resolve) => resolve('forged')`],
  ])('%s: the request is sent as it was asked for, or refused', async (_, pollution) => {
    const before = outside.seen.length
    const source = executing(`${pollution}\ntry { await fetch('${outside.origin}/sent') } catch {}`)
    const { runs } = await runtime.execute(source, { tenant: 'mallory', limits: { wallMs: 1_500 } })
    // Who breaks the promises of the context may wait for ever for their own.
    expect(['completed', 'threw', 'exceeded-wall']).toContain(runs[0]?.ending)
    for (const { url } of outside.seen.slice(before)) expect(url).toBe('/sent')
  })

  test('a Request whose fields were written over is the one that was made', async () => {
    const before = inside.seen.length
    const source = executing(`
      const request = new Request('${outside.origin}/made')
      for (const url of ['file:///etc/passwd', 'http://127.0.0.2:${inside.port}/', 7]) {
        try { request.url = url } catch {}
        try { Object.defineProperty(request, 'url', { value: url }) } catch {}
        console.log(await fetch(request).then(({ url }) => new URL(url).pathname, (error) => error.cause?.code ?? error.message))
      }`)
    expect(await attacking(source)).toEqual(['/made', '/made', '/made'])
    expect(inside.seen).toHaveLength(before)
  })
})

test('every run gets its own answers, though their ids are the same', async () => {
  const own = (echo: string) =>
    executing(`
      const texts = await Promise.all([1, 2, 3].map(async (n) => (await fetch('${outside.origin}/?echo=${echo}' + n)).text()))
      api.access.deny(texts.join())`)
  const tenants = ['one', 'two', 'one', 'two', 'one'].map((tenant, index) => ({ tenant, echo: `${tenant}-${index}-` }))
  const results = await Promise.all(tenants.map(({ tenant, echo }) => runtime.execute(own(echo), { tenant })))
  expect(results.map(({ decision }) => decision)).toMatchObject(
    tenants.map(({ echo }) => ({ reason: [1, 2, 3].map((n) => echo + n).join() })),
  )
})
