/** Whole legs through `execute()`, without any server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  atStart,
  event,
  executing,
  limits,
  linesOf,
  onReturn,
  openRuntime,
  type TestRuntime,
} from '../../support/runtime.ts'
import { runBody } from '../guest/run-guest.ts'

let acme: TestRuntime
beforeAll(async () => {
  acme = await openRuntime()
})
afterAll(() => acme.close())

const seedChallenge = `/**@type {PasswordResetPostChallengeAction}**/
module.exports.onExecutePostChallenge = async (event, api) => {
const enrolledFactors = event.user.enrolledFactors.map((x) => ({
type: x.type
}));
api.authentication.challengeWith({ type: 'webauthn-roaming' }, { additionalFactors: enrolledFactors });
};`

const seedRedirect = `module.exports.onExecutePostChallenge = async (event, api) => {
  api.redirect.sendUserTo('https://my-app.example.com');
};
module.exports.onContinuePostChallenge = async (event, api) => {
  const enrolledFactors = event.user.enrolledFactors.map((x) => ({ type: x.type }));
  api.authentication.challengeWith({ type: 'email' }, { additionalFactors: enrolledFactors });
};`

const denyIf = (condition: string) => executing(`if (${condition}) api.access.deny('yes'); else api.access.deny('no')`)
const nothing = executing('')

test('the seed action asks for the security key and offers what the user has', async () => {
  const { decision } = await acme.execute(seedChallenge)
  expect(decision).toEqual({
    type: 'pause',
    demands: [{ type: 'challenge', open: 'first', factors: [{ type: 'webauthn-roaming' }, { type: 'otp' }] }],
    next: { action: 1, handler: 'onExecutePostChallenge' },
  })
})

test('what an action declares with `using` is disposed of', async () => {
  const source = executing(`
    const seen = []
    const end = (name) => ({ [Symbol.dispose]: () => seen.push(name), [Symbol.asyncDispose]: async () => seen.push(name) })
    { using one = end('one'); await using two = end('two'); seen.push('within') }
    api.access.deny(seen.join())`)
  expect((await acme.execute(source)).decision).toMatchObject({ type: 'deny', reason: 'within,two,one' })
})

test('the redirecting seed action goes on in its own onContinue, then with the next action', async () => {
  const away = await acme.execute([seedRedirect, nothing])
  expect(away.decision).toEqual({
    type: 'pause',
    demands: [{ type: 'redirect', url: 'https://my-app.example.com/' }],
    next: onReturn,
  })
  const back = await acme.execute([seedRedirect, nothing], { position: onReturn })
  expect(back.decision).toMatchObject({ type: 'pause', next: { action: 1, handler: 'onExecutePostChallenge' } })
  const rest = await acme.execute([seedRedirect, nothing], {
    position: { action: 1, handler: 'onExecutePostChallenge' },
  })
  expect(rest.decision).toEqual({ type: 'proceed' })
  expect(rest.runs.map(({ action, handler }) => [action, handler])).toEqual([[1, 'onExecutePostChallenge']])
})

test('no action at all proceeds', async () => {
  expect(await acme.execute([])).toEqual({ decision: { type: 'proceed' }, runs: [], commands: [], cacheChanges: [] })
})

describe('order of effect', () => {
  test('a denial wins over everything else of its run, and no later action runs', async () => {
    const denies = executing(`
      api.authentication.challengeWith({ type: 'otp' })
      api.redirect.sendUserTo('https://elsewhere.example')
      api.access.deny('first'); api.access.deny('second')`)
    const { decision, runs } = await acme.execute([denies, nothing])
    expect(decision).toEqual({ type: 'deny', reason: 'first', action: 0 })
    expect(runs).toHaveLength(1)
  })

  test('what a denying run wrote stands', async () => {
    const source = executing(`
      api.cache.set('tries', '1')
      api.transaction.setResultUrl('https://acme.example/after')
      api.access.deny('no')`)
    const { cacheChanges, resultUrl } = await acme.execute(source)
    expect(cacheChanges).toMatchObject([{ type: 'set', key: 'tries', record: { value: '1' } }])
    expect(resultUrl).toBe('https://acme.example/after')
  })

  test('challenges come in their order, before the redirect; the last redirect counts', async () => {
    const source = executing(`
      api.redirect.sendUserTo('https://one.example')
      api.authentication.challengeWithAny([{ type: 'otp' }, { type: 'sms' }])
      api.redirect.sendUserTo('https://two.example', { query: { a: 'b c' } })
      api.authentication.challengeWith({ type: 'email' })`)
    const { decision, runs } = await acme.execute(source)
    expect(decision).toMatchObject({
      demands: [
        { type: 'challenge', open: 'any', factors: [{ type: 'otp' }, { type: 'phone' }] },
        { type: 'challenge', open: 'first', factors: [{ type: 'email' }] },
        { type: 'redirect', url: 'https://two.example/?a=b+c' },
      ],
      next: onReturn,
    })
    expect(runs[0]?.warnings).toHaveLength(1)
  })

  test('a redirect beside a prompt ends the run as an error', async () => {
    const source = executing(`api.redirect.sendUserTo('https://one.example'); api.prompt.render('form')`)
    const { decision, runs } = await acme.execute(source)
    expect(decision).toEqual({ type: 'fail', ending: 'threw', action: 0 })
    expect(runs[0]?.error?.message).toBe('Redirect and render commands cannot be used in the same action.')
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '/relative'])(
    'a redirect to %s throws in the action',
    async (url) => {
      const report = await acme.run(executing(`api.redirect.sendUserTo(${JSON.stringify(url)})`))
      expect(report).toMatchObject({ ending: 'threw', error: { name: 'TypeError' } })
    },
  )

  test('a prompt pauses with its fields and comes back to onContinue', async () => {
    const { decision } = await acme.execute(
      executing(`api.prompt.render('phone', { fields: { a: 1 }, vars: { b: [2] } })`),
    )
    expect(decision).toEqual({
      type: 'pause',
      demands: [{ type: 'prompt', id: 'phone', fields: { a: 1 }, vars: { b: [2] } }],
      next: onReturn,
    })
  })

  test('an action that throws stops the leg: nothing of it stands and no later action runs', async () => {
    const throws = executing(`api.cache.set('a', 'b'); api.access.deny('never said'); throw new Error('boom')`)
    const { decision, runs, cacheChanges } = await acme.execute([throws, nothing])
    expect(decision).toEqual({ type: 'fail', ending: 'threw', action: 0 })
    expect(runs).toHaveLength(1)
    expect(cacheChanges).toEqual([])
  })

  test('an action without onContinue lets the pipeline go on, with a warning', async () => {
    const { decision, runs } = await acme.execute([executing(''), denyIf('true')], { position: onReturn })
    expect(decision).toEqual({ type: 'deny', reason: 'yes', action: 1 })
    expect(runs.map(({ ending, warnings }) => [ending, warnings.length])).toEqual([
      ['completed', 1],
      ['completed', 0],
    ])
    expect(runs[0]?.warnings[0]).toContain('onContinuePostChallenge')
  })
})

describe('what one action sees of the others', () => {
  test('its cache writes at once, but no cache of a run that failed', async () => {
    const writes = executing(`api.cache.set('seen', 'by the next')`)
    const reads = executing(`api.access.deny(api.cache.get('seen')?.value ?? 'nothing')`)
    expect((await acme.execute([writes, reads])).decision).toMatchObject({ reason: 'by the next' })
  })

  test('records of the tenant, and nothing that has expired', async () => {
    const cache = {
      fresh: { value: '1', expires_at: Date.now() + 60_000 },
      stale: { value: '2', expires_at: Date.now() - 1 },
    }
    const source = executing(`api.access.deny(JSON.stringify([api.cache.get('fresh')?.value, api.cache.get('stale')]))`)
    expect((await acme.execute(source, { cache })).decision).toMatchObject({ reason: '["1",null]' })
  })

  test('its own secrets only', async () => {
    const tells = executing(`console.log(JSON.stringify(event.secrets))`)
    const { runs } = await acme.execute([tells, `${tells}//`], { secrets: [{ A: '1' }, { B: '2' }] })
    expect(runs.map(({ console }) => console[0]?.text)).toEqual(['{"A":"1"}', '{"B":"2"}'])
  })

  test('an event of its own: what another wrote into it is not there', async () => {
    const writes = executing(`event.user.email = 'mallory@evil.example'; event.extra = 1; delete event.request`)
    const { decision } = await acme.execute([
      writes,
      denyIf(`event.user.email === '${event.user.email}' && !('extra' in event) && event.request.ip`),
    ])
    expect(decision).toMatchObject({ reason: 'yes' })
  })

  test('fresh module state in every run', async () => {
    const counts = `let runs = 0; globalThis.left ??= 0\n${executing(`api.access.deny(String(++runs) + ++globalThis.left)`)}`
    expect((await acme.execute(counts)).decision).toMatchObject({ reason: '11' })
    expect((await acme.execute(counts)).decision).toMatchObject({ reason: '11' })
  })
})

describe('a signed token both ways', () => {
  const encodes = `exports.onExecutePostChallenge = async (event, api) => {
    const token = api.redirect.encodeToken({ secret: event.secrets.KEY, payload: { plan: 'gold' } })
    api.redirect.sendUserTo('https://verify.example', { query: { token } })
  }
  exports.onContinuePostChallenge = async (event, api) => {
    const claims = api.redirect.validateToken({ secret: event.secrets.KEY })
    api.access.deny(claims.verdict)
  }`
  const secrets = [{ KEY: 'a secret of the author' }]

  const tokenSentAway = async () => {
    const { decision } = await acme.execute(encodes, { secrets })
    if (decision.type !== 'pause' || decision.demands[0]?.type !== 'redirect') throw new Error(JSON.stringify(decision))
    return new URL(decision.demands[0].url).searchParams.get('token') ?? ''
  }

  test('carries issuer, user, address and payload', async () => {
    const { jwtVerify } = await import('jose')
    const { payload } = await jwtVerify(await tokenSentAway(), new TextEncoder().encode(secrets[0]?.KEY))
    const { hostname, ip } = event.request
    expect(payload).toMatchObject({ iss: hostname, sub: event.user.user_id, ip, plan: 'gold' })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900)
  })

  test('comes back as the payload when it is this redirect’s', async () => {
    const { SignJWT } = await import('jose')
    const session_token = await new SignJWT({ state: 'the-state', verdict: 'they said no' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(event.user.user_id)
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(secrets[0]?.KEY))
    const returned = { ...event, request: { ...event.request, query: { session_token } } }
    const request = { secrets, position: onReturn, event: returned }
    const good = await acme.execute(encodes, { ...request, redirectState: 'the-state' })
    expect(good.decision).toMatchObject({ type: 'deny', reason: 'they said no' })
    const foreign = await acme.execute(encodes, { ...request, redirectState: 'another' })
    expect(foreign.runs[0]?.error?.message).toMatch(/^The session token is invalid: state/)
  })
})

describe('where it went wrong, in the author’s lines', () => {
  test('of JavaScript', async () => {
    const report = await acme.run(executing(`\n\n  const inner = () => null.x\n  inner()`))
    expect(report.ending).toBe('threw')
    expect(report.error?.name).toBe('TypeError')
    expect(linesOf(report)).toEqual(['4', '5'])
  })

  test('of TypeScript, whose types have moved the lines', async () => {
    const source = `interface Unused {\n  a: string\n}\nenum Kind { A }\nexport const onExecutePostChallenge = async (event: Unused, api: any): Promise<void> => {\n  throw new Error('on line six ' + Kind.A)\n}\n`
    const report = await acme.run(source)
    expect(report.error?.stack).toContain('action.ts:6:9')
  })

  // In an isolate of this process: on a busy machine the server may end a sandbox process first, and knows no line.
  test('of a loop that has used up its processor time', async () => {
    const end = await runBody(`console.log('before')\nwhile (true);`, { limits: { ...limits, cpuMs: 100 } })
    expect(end.ending).toBe('exceeded-cpu')
    expect(end.error?.message).toContain('100 ms')
    expect(end.error?.stack).toMatch(/^.*\n? *at .*action\.js:2:/)
    expect(end.console).toEqual([{ level: 'log', text: 'before' }])
  })

  test('of a handler that never settles: where it begins', async () => {
    const report = await acme.run(`// a comment\n${executing('await new Promise(() => {})')}`, {
      limits: { wallMs: 500 },
    })
    expect(report.ending).toBe('exceeded-wall')
    expect(report.error?.message).toContain('500 ms')
    expect(linesOf(report)).toEqual(['2'])
  })

  test('of an error that was only written to the console', async () => {
    const body = `\n  const fail = () => { throw Object.assign(new Error('x'), { code: 'E_X' }) }\n  try { fail() } catch (error) { console.error('caught', error) }\n  console.trace('here')`
    const { ending, console } = await acme.run(`interface Unused { a: string }\n${executing(body)}`)
    expect(ending).toBe('completed')
    expect(console.map(({ text }) => [...text.matchAll(/action\.ts:(\d+)/g)].map(([, line]) => line))).toEqual([
      ['4', '5'],
      ['6'],
    ])
    expect(console[0]?.text).toContain("{\n  code: 'E_X'\n}")
    expect(console.map(({ text }) => text).join()).not.toContain('interlock')
  })

  test('of what caused it, and what caused that', async () => {
    const report = await acme.run(
      executing(
        `const root = new TypeError('root')\nconst middle = new Error('middle', { cause: root })\nthrow new Error('top', { cause: middle })`,
      ),
    )
    expect(linesOf(report)).toEqual(['4', '3', '2'])
    expect(report.error?.stack).toMatch(
      /^Error: top\n.*\n {2}\[cause\]: Error: middle\n.*\n {2}\[cause\]: TypeError: root\n/,
    )
  })

  test('no path of this machine, no file of ours', async () => {
    const report = await acme.run(executing(`api.redirect.sendUserTo(1)`))
    expect(report.error?.stack).not.toMatch(/interlock|\/|file:/)
  })
})

test('all actions of a leg share its wall clock', async () => {
  const waits = executing(`await new Promise((done) => setTimeout(done, 1_800))`)
  const { decision, runs } = await acme.execute([waits, `${waits}//`], { limits: { wallMs: 3_000 } })
  expect(decision).toEqual({ type: 'fail', ending: 'exceeded-wall', action: 1 })
  expect(runs.map(({ ending }) => ending)).toEqual(['completed', 'exceeded-wall'])
})

test('runs of one tenant overlap while their handlers wait', async () => {
  const order: string[] = []
  const waits = acme.execute(executing(`await new Promise((done) => setTimeout(done, 1_500))`))
  await Promise.all([
    waits.then(() => order.push('the one that waits')),
    acme.execute(nothing).then(() => order.push('the one that does not')),
  ])
  expect(order).toEqual(['the one that does not', 'the one that waits'])
})

test('an aborted request ends with canceled, and the process serves on', async () => {
  const controller = new AbortController()
  const waits = acme.execute(executing(`await new Promise((done) => setTimeout(done, 10_000))`), {
    signal: controller.signal,
  })
  await acme.execute(nothing)
  controller.abort()
  expect((await waits).decision).toEqual({ type: 'fail', ending: 'canceled', action: 0 })
  expect((await acme.execute(nothing)).decision).toEqual({ type: 'proceed' })
})

test('a thousand runs leave nothing behind in a heap of 16 MB', async () => {
  const source = executing(`globalThis.kept = new Array(10_000).fill(event); setTimeout(() => {}, 1e6)`)
  const request = { tenant: 'many', limits: { heapMb: 16 } }
  for (let batch = 0; batch < 50; batch++) {
    const results = await Promise.all(Array.from({ length: 20 }, () => acme.execute(source, request)))
    expect(results.map(({ decision }) => decision.type)).toEqual(Array(20).fill('proceed'))
  }
})

test('an action may use the heap it was given', async () => {
  const source = executing(`const kept = Array.from({ length: 12 }, () => new Array(1_000_000).fill(Math.random()))
    api.access.deny(String(kept.length))`)
  const request = { tenant: 'large', limits: { cpuMs: 10_000 } }
  const large = await acme.execute(source, { ...request, limits: { ...request.limits, heapMb: 256 } })
  expect(large.decision).toEqual({ type: 'deny', reason: '12', action: 0 })
  const small = await acme.execute(source, { ...request, limits: { ...request.limits, heapMb: 16 } })
  expect(small.decision).toEqual({ type: 'fail', ending: 'exceeded-heap', action: 0 })
})

test('closing ends runs in flight with canceled', async () => {
  const closing = await openRuntime({ processes: 1 })
  await closing.execute(nothing)
  const waits = closing.execute(executing(`await new Promise((done) => setTimeout(done, 10_000))`))
  await closing.execute(nothing)
  await closing.close()
  expect((await waits).decision).toEqual({ type: 'fail', ending: 'canceled', action: 0 })
  expect(closing.living.size).toBe(0)
})

test('a return behind the last action proceeds', async () => {
  const position = { ...atStart, action: 1 }
  expect(await acme.execute([nothing], { position })).toMatchObject({ decision: { type: 'proceed' }, runs: [] })
})
