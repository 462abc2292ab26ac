/** What the server does with a sandbox process that was taken over: real processes with hostile programs. */

import type { EgressCall } from '@interlock/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import { createRunEgress } from '../../../runtime/src/egress/run-egress.ts'
import type { Module } from '../../../runtime/src/isolate/run.ts'
import { buildChildProgram } from '../../../runtime/src/process/child-program.ts'
import { detectConfinement } from '../../../runtime/src/process/confinement.ts'
import { type GuestSource, type ProcessExit, SandboxProcess } from '../../../runtime/src/process/sandbox-process.ts'
import { spawnChild } from '../../../runtime/src/process/spawn.ts'
import { event, limits } from '../../support/runtime.ts'

const module: Module = { hash: 'h'.repeat(64), code: '', fileName: 'action.js' }
const run = {
  handler: 'onExecutePostChallenge',
  event,
  cache: {},
  limits: { ...limits, cpuMs: 200, wallMs: 30_000 },
  wallLeftMs: 30_000,
  contention: 1,
} as const

const confinement = await detectConfinement()
const { binary } = await buildChildProgram()
const started: SandboxProcess[] = []
afterEach(() => {
  for (const process of started.splice(0)) process.end('closed')
})

/** `say` sends a message; `onMessage` is called with each that arrives. */
const start = async (program: string, guest: GuestSource = { prelude: 'the guest' }) => {
  const code = `
    const socket = new (require('net').Socket)({ fd: 3 })
    const say = (message) => socket.write(typeof message === 'string' ? message : JSON.stringify(message) + '\\n')
    const burn = () => { for (;;); }
    const end = { ending: 'completed', commands: [], handlerMissing: false, warnings: [], console: [], consoleTruncated: false, wallMs: 1, cpuMs: 1, heapBytes: 1 }
    let pending = ''
    socket.setEncoding('utf8').on('data', (chunk) => {
      const lines = (pending + chunk).split('\\n')
      pending = lines.pop()
      for (const line of lines) {
        const message = JSON.parse(line)
        if (message.type === 'open') say({ type: 'ready' })
        else if (message.type !== 'load') onMessage(message)
      }
    })
    ${program}`
  const ready = Promise.withResolvers<void>()
  const exited = Promise.withResolvers<ProcessExit>()
  const process = new SandboxProcess(spawnChild({ code, binary }, confinement), guest, {
    ready: ready.resolve,
    freed: () => {},
    exited: exited.resolve,
  })
  started.push(process)
  await ready.promise
  return { process, exited: exited.promise }
}

const answering = (reply: string) =>
  `const onMessage = ({ type, id }) => { if (type === 'run') { ${reply} } else if (type === 'ping') say({ type: 'pong' }) }`

test('an honest answer is taken', async () => {
  const { process } = await start(answering(`say({ type: 'ended', id, end })`))
  expect((await process.run(module, run)).ending).toBe('completed')
  expect(process.isFit).toBe(true)
})

test('what it is given after its end is answered all the same', async () => {
  const { process } = await start(answering(`say({ type: 'ended', id, end })`))
  process.end('closed')
  expect((await process.run(module, run)).ending).toBe('crashed')
  expect(await process.compile(module, run.limits)).toBeUndefined()
})

describe('is refused, and the process with it', () => {
  test.each([
    ['a message the protocol does not know', `say({ type: 'exec', id })`],
    ['no JSON', `say('hello\\n')`],
    ['a line without end', `say('x'.repeat(9_000_000))`],
    ['an id that is no text', `say({ type: 'ended', id: { toString: 1 }, end })`],
    ['an ending for a run that is not its own', `say({ type: 'ended', id: 'guessed', end })`],
    ['a line longer than its run can need', `say({ type: 'ended', id, end: { ...end, junk: 'x'.repeat(3_000_000) } })`],
    [
      'signs of life without end',
      `const flood = () => { while (say({ type: 'pong' })); socket.once('drain', flood) }; flood()`,
    ],
  ])('%s', async (_, reply) => {
    const { process, exited } = await start(answering(reply))
    expect((await process.run(module, run)).ending).toBe('refused')
    expect((await exited).reason).toBe('broke-protocol')
  })

  test.each([
    ['a command that does not exist', `{ ...end, commands: [{ type: 'user.delete' }] }`],
    ['a redirect to a script', `{ ...end, commands: [{ type: 'redirect.sendUserTo', url: 'javascript:alert(1)' }] }`],
    ['more commands than there may be', `{ ...end, commands: Array(65).fill({ type: 'access.deny', reason: 'x' }) }`],
    ['an ending that is no word of the list', `{ ...end, ending: 'fine' }`],
    [
      'a challenge with a factor that does not exist',
      `{ ...end, commands: [{ type: 'authentication.challengeWithAny', factors: [{ type: 'none' }] }] }`,
    ],
    ['a field that nobody has asked for', `{ ...end, more: [] }`],
    ['a field that reaches a prototype', `{ ...end, ['__proto__']: {} }`],
    ['nothing', `undefined`],
  ])('%s', async (_, end) => {
    const { process } = await start(answering(`say({ type: 'ended', id, end: ${end} })`))
    expect((await process.run(module, run)).ending).toBe('refused')
    expect(process.isFit).toBe(false)
  })
})

test('what a process that has run somebody’s code makes of the guest is given to nobody', async () => {
  const guest: GuestSource = { prelude: 'the guest' }
  const packed = `{ v8: '1', speaking: 'poison', silent: 'poison' }`
  const { process, exited } = await start(answering(`say({ type: 'ready', packed: ${packed} })`), guest)
  expect((await process.run(module, run)).ending).toBe('refused')
  expect((await exited).reason).toBe('broke-protocol')
  expect(guest).toEqual({ prelude: 'the guest' })
})

test('keys that reach prototypes are not taken over', async () => {
  const end = `JSON.parse('{"ending":"completed","commands":[{"type":"prompt.render","id":"p","vars":{"__proto__":{"isAdmin":true}}}],"handlerMissing":false,"warnings":[],"console":[],"consoleTruncated":false,"wallMs":1,"cpuMs":1,"heapBytes":1}')`
  const { process } = await start(answering(`say({ type: 'ended', id, end: ${end} })`))
  const [command] = (await process.run(module, run)).commands
  expect(Object.getPrototypeOf(command)).toBe(Object.prototype)
  expect((command as { vars?: { isAdmin?: true } }).vars?.isAdmin).toBeUndefined()
  expect(({} as { polluted?: true }).polluted).toBeUndefined()
})

describe('a request over the network', () => {
  const request = { id: 1, method: 'GET', url: 'http://example.com/', headers: [], redirect: 'follow' }

  /** Notes what reaches the host, and answers nothing. */
  const spyingEgress = () => {
    const calls: EgressCall[] = []
    const port = {
      send: (call: EgressCall) => {
        calls.push(call)
        return new Promise<never>(() => {})
      },
    }
    return { calls, egress: createRunEgress(port, { tenant: 'acme', limits: { ...limits, egressConcurrent: 2 } }) }
  }

  test.each([
    ['a file', { url: 'file:///etc/passwd' }],
    ['a method with a line break', { method: 'GET /\r\n' }],
    ['a header name with a line break', { headers: [['a\nb', 'x']] }],
    ['headers without end', { headers: [['a', 'x'.repeat(20_000)]] }],
    ['a body without end', { body: { text: 'x'.repeat(300_000) } }],
    ['a body that is no base64', { body: { base64: '%%%' } }],
    ['no id', { id: '1' }],
  ])('for %s ends the process', async (_, change) => {
    const { calls, egress } = spyingEgress()
    const forged = JSON.stringify({ ...request, ...change })
    const { process, exited } = await start(answering(`say({ type: 'egress', id, request: ${forged} })`))
    expect((await process.run(module, run, { egress })).ending).toBe('refused')
    expect((await exited).reason).toBe('broke-protocol')
    expect(calls).toEqual([])
  })

  test.each([
    ['that is not its own', `say({ type: 'egress', id: 'guessed', request })`],
    ['that is over', `say({ type: 'ended', id, end }); say({ type: 'egress', id, request })`],
  ])('for a run %s ends the process, and is not sent', async (_, reply) => {
    const { calls, egress } = spyingEgress()
    const { process, exited } = await start(answering(`const request = ${JSON.stringify(request)}; ${reply}`))
    await process.run(module, run, { egress })
    expect((await exited).reason).toBe('broke-protocol')
    expect(calls).toEqual([])
  })

  test('is held to the limits, whatever the process keeps to', async () => {
    const { calls, egress } = spyingEgress()
    const flood = `for (let n = 1; n < 200; n++) say({ type: 'egress', id, request: { ...${JSON.stringify(request)}, id: n } })`
    const { process } = await start(answering(`${flood}; say({ type: 'ended', id, end })`))
    expect((await process.run(module, run, { egress })).ending).toBe('completed')
    expect(calls).toHaveLength(2)
    expect(egress.end()).toHaveLength(limits.egressRequests + 1)
  })
})

describe('lines of a run under way', () => {
  const line = { level: 'log', text: 'x', at: 1 }
  const say = (message: object, more = '') =>
    answering(`say({ id, ...${JSON.stringify({ type: 'printed', first: 0, lines: [line], ...message })}${more} })`)
  const listen = () => {
    const told: string[] = []
    return { told, printed: (lines: readonly { text: string }[]) => void told.push(...lines.map(({ text }) => text)) }
  }

  test('that nobody follows end the process', async () => {
    const { process, exited } = await start(say({}))
    expect((await process.run(module, run)).ending).toBe('refused')
    expect((await exited).reason).toBe('broke-protocol')
  })

  test.each([
    ['of a run that is not its own', { id: 'guessed' }],
    ['for a tenant they name', { tenant: 'other' }],
    ['of a level that does not exist', { lines: [{ ...line, level: 'fatal' }] }],
    ['with a field nobody has asked for', { lines: [{ ...line, tenant: 'other' }] }],
    ['without a time', { lines: [{ level: 'log', text: 'x' }] }],
    ['that are no list', { lines: 'x' }],
    ['from nowhere on', { first: -1 }],
    ['of more text than the run may print', { lines: [{ ...line, text: 'x'.repeat(limits.outputBytes + 1) }] }],
    ['more than a run may have', { lines: Array(10_001).fill({ ...line, text: '' }) }],
  ])('%s end the process, and are not told', async (_, message) => {
    const { told, printed } = listen()
    const { process, exited } = await start(say(message))
    expect((await process.run(module, run, { printed })).ending).toBe('refused')
    expect((await exited).reason).toBe('broke-protocol')
    expect(told).toEqual([])
  })

  test('come to no more than the run may print, in however many messages', async () => {
    const { told, printed } = listen()
    const half = { ...line, text: 'x'.repeat(limits.outputBytes / 2) }
    const three = `for (let first = 0; first < 3; first++) say({ type: 'printed', id, first, lines: [${JSON.stringify(half)}] })`
    const { process, exited } = await start(answering(three))
    expect((await process.run(module, run, { printed })).ending).toBe('refused')
    expect((await exited).reason).toBe('broke-protocol')
    expect(told).toHaveLength(2)
  })

  test('with a gap are left out up to the end, and the run is none the worse', async () => {
    const { told, printed } = listen()
    const gap = [0, 2, 3].map(
      (first) => `say({ type: 'printed', id, first: ${first}, lines: [${JSON.stringify(line)}] })`,
    )
    const { process } = await start(answering(`${gap.join(';')}; say({ type: 'ended', id, end })`))
    expect((await process.run(module, run, { printed })).ending).toBe('completed')
    expect(told).toEqual(['x'])
  })

  test('after its end end the process', async () => {
    const { told, printed } = listen()
    const late = `say({ type: 'ended', id, end }); say({ type: 'printed', id, first: 0, lines: [] })`
    const { process, exited } = await start(answering(late))
    expect((await process.run(module, run, { printed })).ending).toBe('completed')
    expect((await exited).reason).toBe('broke-protocol')
    expect(told).toEqual([])
  })

  test('are no sign of life: who prints and burns is held to its processor time', async () => {
    const { told, printed } = listen()
    const slowly = `let first = 0; for (let next = 0; ; ) if (Date.now() > next) { next = Date.now() + 20; say({ type: 'printed', id, first: first++, lines: [${JSON.stringify(line)}] }) }`
    const { process } = await start(answering(slowly))
    const { ending } = await process.run(module, run, { printed })
    expect(ending).toBe('exceeded-cpu')
    expect(told.length).toBeGreaterThan(2)
  })
})

test('a second ending for the same run changes nothing, and ends the process', async () => {
  const twice = `say({ type: 'ended', id, end }); say({ type: 'ended', id, end: { ...end, ending: 'threw' } })`
  const { process, exited } = await start(answering(twice))
  expect((await process.run(module, run)).ending).toBe('completed')
  expect((await exited).reason).toBe('broke-protocol')
})

test('of several runs the one is to blame of which nonsense was said', async () => {
  const { process } = await start(
    `let runs = 0; const onMessage = ({ type, id }) => { if (type === 'run' && ++runs === 2) say({ type: 'ended', id, end: 'nonsense' }) }`,
  )
  const endings = await Promise.all([process.run(module, run), process.run(module, run)])
  expect(endings.map(({ ending }) => ending)).toEqual(['crashed', 'refused'])
})

test('who says nothing and burns is ended by its processor time, which is named', async () => {
  const { process, exited } = await start(answering('burn()'))
  const { ending, error } = await process.run(module, run)
  expect(ending).toBe('exceeded-cpu')
  expect(error?.message).toMatch(/more than 200 ms of processor time \(limit "cpuMs", reached: [2-9]\d\d ms\)/)
  expect((await exited).signal).toBe('SIGKILL')
})

describe('two runs, one of which has the thread and does not give it back:', () => {
  const generous = { ...run, limits: { ...run.limits, cpuMs: 20_000 } }
  /** The first run waits; with the second, `who` is said to enter, and the thread is gone. */
  const burningAs = (who: 'ids[0]' | 'ids[1]') =>
    `const ids = []; ${answering(`ids.push(id); if (ids.length === 2) { say({ type: 'entering', id: ${who} }); burn() }`)}`

  test('it is held to its own processor time, not to that of the most generous', async () => {
    const { process } = await start(burningAs('ids[1]'))
    const beside = process.run(module, generous)
    expect((await process.run(module, run)).ending).toBe('exceeded-cpu')
    expect((await beside).ending).toBe('crashed')
  })

  test('a process that names the more generous one gets that time, and no more', async () => {
    const { process } = await start(burningAs('ids[0]'))
    const named = process.run(module, run)
    const short = { ...run, limits: { ...run.limits, cpuMs: 50 } }
    expect((await process.run(module, short)).ending).toBe('crashed')
    expect((await named).ending).toBe('exceeded-cpu')
  })

  test('whose clock runs out first is the one that has overstayed', async () => {
    const { process } = await start(burningAs('ids[1]'))
    const first = process.run(module, { ...generous, wallLeftMs: 1_000 })
    expect((await process.run(module, generous)).ending).toBe('crashed')
    expect((await first).ending).toBe('exceeded-wall')
  })
})

test('who answers every ping and never the run is ended by the wall clock', async () => {
  const { process } = await start(answering(''))
  const { ending, error } = await process.run(module, { ...run, wallLeftMs: 300 })
  expect(ending).toBe('exceeded-wall')
  expect(error?.message).toMatch(/within 30000 ms \(limit "wallMs", reached: 30\d{3} ms\)/)
  expect(process.isOver).toBe(true)
})

test('who takes memory outside of any heap is ended by what is resident', async () => {
  const { process, exited } = await start(
    answering('globalThis.kept = []; setInterval(() => kept.push(Buffer.alloc(16_000_000, 1)))'),
  )
  const { ending, error } = await process.run(module, { ...run, wallLeftMs: 20_000 })
  expect(ending).toBe('exceeded-heap')
  expect(error?.message).toMatch(/more than 64 MB of memory \(limit "heapMb", reached: [2-9]\d\d MB\)/)
  expect((await exited).reason).toBe('exceeded-memory')
})

test('who goes on burning after its run has ended is found out', async () => {
  const { process, exited } = await start(answering(`say({ type: 'ended', id, end }); setImmediate(burn)`))
  expect((await process.run(module, run)).ending).toBe('completed')
  expect((await exited).reason).toBe('not-idle')
})

test('who also answers pings meanwhile is found out', async () => {
  const burnInSlices = `say({ type: 'ended', id, end }); const slice = () => { const stop = Date.now() + 20; while (Date.now() < stop); setImmediate(slice) }; slice()`
  const { process, exited } = await start(answering(burnInSlices))
  expect((await process.run(module, run)).ending).toBe('completed')
  expect((await exited).reason).toBe('not-idle')
})

test('who exits in the middle is answered for with crashed', async () => {
  const { process, exited } = await start(answering('process.exit(7)'))
  expect((await process.run(module, run)).ending).toBe('crashed')
  expect(await exited).toMatchObject({ reason: 'exit', code: 7 })
})
