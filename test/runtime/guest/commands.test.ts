import { expect, test } from 'vitest'
import { commandsOf, runBody } from './run-guest.ts'

const recorded: [call: string, command: object][] = [
  ["api.access.deny('<b>no</b>')", { type: 'access.deny', reason: '<b>no</b>' }],
  ["api.access.deny('code', 'message')", { type: 'access.deny', reason: 'code' }],
  [
    "api.authentication.challengeWith({ type: 'email' })",
    { type: 'authentication.challengeWith', factor: { type: 'email' }, additionalFactors: [] },
  ],
  [
    "api.authentication.challengeWith({ type: 'otp' }, { additionalFactors: null })",
    { type: 'authentication.challengeWith', factor: { type: 'otp' }, additionalFactors: [] },
  ],
  [
    "api.authentication.challengeWith({ type: 'push' }, { additionalFactors: [{ type: 'sms' }, { type: 'phone', options: { preferredMethod: 'voice', country: 'FR' } }] })",
    {
      type: 'authentication.challengeWith',
      factor: { type: 'push-notification' },
      additionalFactors: [
        { type: 'phone', options: { preferredMethod: 'sms' } },
        { type: 'phone', options: { preferredMethod: 'voice' } },
      ],
    },
  ],
  [
    "api.authentication.challengeWith({ type: 'push-notification', options: { otpFallback: true } })",
    {
      type: 'authentication.challengeWith',
      factor: { type: 'push-notification', options: { otpFallback: true } },
      additionalFactors: [],
    },
  ],
  [
    "api.authentication.challengeWithAny([{ type: 'otp', options: { x: 1 } }, { type: 'recovery-code' }])",
    { type: 'authentication.challengeWithAny', factors: [{ type: 'otp' }, { type: 'recovery-code' }] },
  ],
  [
    "api.redirect.sendUserTo('https://A.example/p?a=1&b=2', { query: { a: 'x y', n: null, t: true } })",
    { type: 'redirect.sendUserTo', url: 'https://a.example/p?a=x+y&b=2&n=null&t=true' },
  ],
  [
    "api.redirect.sendUserTo('http://user:pass@localhost:8080')",
    { type: 'redirect.sendUserTo', url: 'http://user:pass@localhost:8080/' },
  ],
  [
    "api.transaction.setResultUrl('https://a.example', { query: { ok: 1 } })",
    { type: 'transaction.setResultUrl', url: 'https://a.example/?ok=1' },
  ],
  ["api.prompt.render('terms')", { type: 'prompt.render', id: 'terms' }],
  [
    "api.prompt.render('terms', { fields: { when: new Date(0), gone: undefined }, vars: { list: [1, NaN] } })",
    {
      type: 'prompt.render',
      id: 'terms',
      fields: { when: '1970-01-01T00:00:00.000Z' },
      vars: { list: [1, null] },
    },
  ],
]

test.each(recorded)('%s', async (call, command) => {
  expect(await commandsOf(call)).toEqual([command])
})

test('the factors of the event can be handed on as they are', async () => {
  const event = { user: { enrolledFactors: [{ type: 'email' }, { type: 'phone', options: { masked: '*7' } }] } }
  const commands = await commandsOf(`api.authentication.challengeWithAny(event.user.enrolledFactors)`, { event })
  expect(commands).toEqual([
    { type: 'authentication.challengeWithAny', factors: [{ type: 'email' }, { type: 'phone' }] },
  ])
})

test('commands keep their order', async () => {
  const commands = await commandsOf(`
    api.authentication.challengeWith({ type: 'otp' })
    await null
    api.access.deny('later')
    api.authentication.challengeWithAny([{ type: 'email' }])`)
  expect(commands.map(({ type }) => type)).toEqual([
    'authentication.challengeWith',
    'access.deny',
    'authentication.challengeWithAny',
  ])
})

test('what an author changes after a call changes nothing', async () => {
  const commands = await commandsOf(`
    const factors = [{ type: 'otp' }]
    const vars = { deep: { n: 1 } }
    api.authentication.challengeWithAny(factors)
    api.prompt.render('p', { vars })
    factors[0].type = 'email'
    factors.push({ type: 'email' })
    vars.deep.n = 2`)
  expect(commands).toEqual([
    { type: 'authentication.challengeWithAny', factors: [{ type: 'otp' }] },
    { type: 'prompt.render', id: 'p', vars: { deep: { n: 1 } } },
  ])
})

test('getters and proxies are asked once, and only plain data is kept', async () => {
  const commands = await commandsOf(`
    let asked = 0
    api.authentication.challengeWith({ get type() { asked += 1; return 'otp' } })
    api.prompt.render('p', { vars: new Proxy({ n: 1 }, {}) })
    console.assert(asked === 1)`)
  expect(commands).toMatchObject([{ factor: { type: 'otp' } }, { vars: { n: 1 } }])
})

test('of two redirects both are recorded, the last one last, and the log warns', async () => {
  const end = await runBody(`
    api.redirect.sendUserTo('https://one.example')
    api.redirect.sendUserTo('https://two.example')`)
  expect(end.commands).toMatchObject([{ url: 'https://one.example/' }, { url: 'https://two.example/' }])
  expect(end.warnings).toEqual(['api.redirect.sendUserTo was called more than once: the last call counts.'])
})

const contradictions: [title: string, first: string, second: string, message: string][] = [
  [
    'a redirect and a prompt',
    "api.redirect.sendUserTo('https://a.example')",
    "api.prompt.render('p')",
    'Redirect and render commands cannot be used in the same action.',
  ],
  [
    'a prompt and a redirect',
    "api.prompt.render('p')",
    "api.redirect.sendUserTo('https://a.example')",
    'Redirect and render commands cannot be used in the same action.',
  ],
  ['two prompts', "api.prompt.render('p')", "api.prompt.render('q')", 'Only 1 render command per action is allowed.'],
]

test.each(contradictions)(
  '%s end the run, even when the author catches the error',
  async (_, first, second, message) => {
    const end = await runBody(`${first}; try { ${second} } catch (error) { console.log(error.message) }`)
    expect(end).toMatchObject({ ending: 'threw', error: { name: 'Error', message }, commands: [] })
    expect(end.console).toEqual([{ level: 'log', text: message }])
  },
)

test('a prompt rendered while a redirect reads its arguments is noticed', async () => {
  const end = await runBody(
    `api.redirect.sendUserTo({ toString() { api.prompt.render('p'); return 'https://a.example' } })`,
  )
  expect(end).toMatchObject({ ending: 'threw', commands: [] })
})

test('a refused redirect leaves the way to a prompt open', async () => {
  const commands = await commandsOf(`try { api.redirect.sendUserTo('x') } catch {} ; api.prompt.render('p')`)
  expect(commands).toEqual([{ type: 'prompt.render', id: 'p' }])
})

test('more commands than the quota end the run, even when the author catches the error', async () => {
  const end = await runBody(`
    for (let n = 0; n < 64; n += 1) api.access.deny('no')
    try { api.access.deny('one too many') } catch (error) { console.log(error.code) }`)
  expect(end).toMatchObject({ ending: 'exceeded-output', commands: [] })
  expect(end.error?.message).toBe('A run may issue at most 64 commands (reached: 65).')
  expect(end.console).toEqual([{ level: 'log', text: 'ERR_COMMANDS_EXCEEDED' }])
})

test('more bytes of commands than the quota end the run', async () => {
  const end = await runBody(`for (let n = 0; n < 40; n += 1) api.access.deny('é'.repeat(1000))`)
  expect(end.ending).toBe('exceeded-output')
  expect(end.error?.message).toMatch(
    /^The commands of a run may take at most 65536 bytes as JSON \(reached: 6\d{4} bytes\)\.$/,
  )
})

test('what is recorded after the handler has settled is dropped', async () => {
  const end = await runBody(`
    Promise.resolve().then(() => {}).then(() => {}).then(() => {}).then(() => { api.access.deny('late'); console.log('late') })
    api.access.deny('in time')`)
  expect(end.commands).toEqual([{ type: 'access.deny', reason: 'in time' }])
  expect(end.console).toEqual([])
})
