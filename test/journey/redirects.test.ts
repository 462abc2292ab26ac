import { SignJWT } from 'jose'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onBoth, onExecute, seedRedirect } from '../support/actions.ts'
import { choosePassword, openReset, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { codeIn, createTenant, type TestTenant } from '../support/tenant.ts'

let server: RunningServer
let tenant: TestTenant

beforeAll(async () => {
  server = await startTestServer()
  tenant = await createTenant(server)
  await tenant.enable('email')
})
afterAll(() => server.stop())

const stateOf = (url: string | undefined): string => new URL(url ?? '').searchParams.get('state') ?? ''

const tellWhatCameBack =
  "api.access.deny([event.request.method, event.request.query.answer, event.request.body.answer].join('/'))"

describe('a redirect out and back', () => {
  test("the seed's second action: out, back by GET, then a mail code, then the password", async () => {
    await tenant.bind({ code: seedRedirect })
    const user = await tenant.addUser()
    const { visitor, page } = await openReset(tenant, user)
    expect(page.leftFor).toMatch(/^https:\/\/my-app\.example\.com\/\?state=[\w.-]{60,}$/)

    const back = await visitor.get(`/continue?state=${stateOf(page.leftFor)}`)
    expect(stepOf(back)).toBe('challenge')
    const code = codeIn(await tenant.nextMessage(user.email))
    expect(stepOf(await visitor.submit('/u/reset-password/challenge', { code }))).toBe('new-password')
    expect(stepOf(await choosePassword(visitor))).toBe('done')
  })

  test('query and body of the return reach the action, by GET', async () => {
    await tenant.bind(onBoth("api.redirect.sendUserTo('https://out.example/')", tellWhatCameBack))
    const { visitor, page } = await openReset(tenant, await tenant.addUser())
    const denied = await visitor.get(`/continue?state=${stateOf(page.leftFor)}&answer=yes`)
    expect(denied.text).toContain('GET/yes/')
  })

  test.each(['code', 'ticket', 'response', 'password'])(
    'a parameter called "%s" is the outside page\'s own and reaches the action',
    async (name) => {
      const tell = `api.access.deny('came back with ' + (event.request.query.${name} ?? event.request.body.${name}))`
      await tenant.bind(onBoth("api.redirect.sendUserTo('https://out.example/')", tell))
      const byGet = await openReset(tenant, await tenant.addUser())
      const got = await byGet.visitor.get(`/continue?state=${stateOf(byGet.page.leftFor)}&${name}=theirs`)
      expect(got.text).toContain('came back with theirs')
      const byPost = await openReset(tenant, await tenant.addUser())
      const posted = await byPost.visitor.post(`/continue?state=${stateOf(byPost.page.leftFor)}`, { [name]: 'theirs' })
      expect(posted.text).toContain('came back with theirs')
    },
  )

  test('a form posted from the outside page, without the cookie, is kept and followed by GET', async () => {
    await tenant.bind(onBoth("api.redirect.sendUserTo('https://out.example/')", tellWhatCameBack))
    const { visitor, page } = await openReset(tenant, await tenant.addUser())
    const state = stateOf(page.leftFor)
    // What a browser does with a cross-site POST: no same-site cookie goes along.
    const kept = await tenant
      .visitor()
      .post(`/continue?state=${state}`, { answer: 'yes' }, { 'sec-fetch-site': 'cross-site' })
    expect(kept.status).toBe(400)
    const denied = await visitor.get(`/continue?state=${state}`)
    expect(denied.text).toContain('POST//yes')
  })

  test('a form posted with a state that was guessed is not kept', async () => {
    await tenant.bind(onBoth("api.redirect.sendUserTo('https://out.example/')", tellWhatCameBack))
    const { visitor, page } = await openReset(tenant, await tenant.addUser())
    const state = stateOf(page.leftFor)
    const [, transactionId] = state.split('.')
    const guessed = await tenant
      .visitor()
      .post(`/continue?state=${'A'.repeat(22)}.${transactionId}`, { answer: 'forged' })
    expect(guessed.status).toBe(400)
    expect((await visitor.get(`/continue?state=${state}`)).text).toContain('GET//')
  })

  test('query parameters of the action replace those of the URL, and state cannot be overridden', async () => {
    await tenant.bind(
      onExecute("api.redirect.sendUserTo('https://out.example/p?a=1&state=mine', { query: { a: '2', b: 'x y' } })"),
    )
    const { page } = await openReset(tenant, await tenant.addUser())
    const url = new URL(page.leftFor ?? '')
    expect(url.searchParams.getAll('a')).toEqual(['2'])
    expect(url.search).toContain('b=x+y')
    expect(url.searchParams.getAll('state')).toHaveLength(1)
    expect(url.searchParams.get('state')).not.toBe('mine')
  })

  test('a signed token goes out and comes back', async () => {
    const secret = 'a-shared-secret-of-the-two-sides!'
    await tenant.bind({
      secrets: [{ name: 'SHARED', value: secret }],
      code: `
        exports.onExecutePostChallenge = async (event, api) => {
          const session_token = api.redirect.encodeToken({ secret: event.secrets.SHARED, payload: { purpose: 'check' } })
          api.redirect.sendUserTo('https://out.example/', { query: { session_token } })
        }
        exports.onContinuePostChallenge = async (event, api) => {
          try {
            const { verdict } = api.redirect.validateToken({ secret: event.secrets.SHARED, tokenParameterName: 'answer' })
            api.access.deny('verdict: ' + verdict)
          } catch (error) {
            api.access.deny(error.message)
          }
        }`,
    })
    const user = await tenant.addUser()
    const reply = async (claims: Record<string, unknown>, key = secret) => {
      const { visitor, page } = await openReset(tenant, user)
      const state = stateOf(page.leftFor)
      const answer = await new SignJWT({ sub: user.user_id, state, verdict: 'fine', ...claims })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('5m')
        .setIssuedAt()
        .sign(new TextEncoder().encode(key))
      return (await visitor.get(`/continue?state=${state}&answer=${answer}`)).text
    }
    expect(await reply({})).toContain('verdict: fine')
    expect(await reply({}, 'another-secret-that-nobody-shares')).toContain('The session token is invalid')
    expect(await reply({ sub: 'auth0|somebody-else' })).toContain('The session token is invalid')
    expect(await reply({ state: 'of-another-redirect' })).toContain('The session token is invalid')
  })
})

describe('a state that does not belong here runs nothing and spends nothing', () => {
  const start = async () => {
    await tenant.bind(onBoth("api.redirect.sendUserTo('https://out.example/')", "api.access.deny('came back')"))
    const { visitor, page } = await openReset(tenant, await tenant.addUser())
    return { visitor, state: stateOf(page.leftFor) }
  }

  test('replayed', async () => {
    const { visitor, state } = await start()
    expect(stepOf(await visitor.get(`/continue?state=${state}`))).toBe('denied')
    expect((await visitor.get(`/continue?state=${state}`)).status).toBe(400)
  })

  test('from another browser', async () => {
    const { visitor, state } = await start()
    expect((await tenant.visitor().get(`/continue?state=${state}`)).status).toBe(400)
    const other = await start()
    expect((await other.visitor.get(`/continue?state=${state}`)).status).toBe(400)
    expect(stepOf(await visitor.get(`/continue?state=${state}`))).toBe('denied')
  })

  test.each(['', 'x', `${'A'.repeat(22)}.${'B'.repeat(43)}`, '%00'])('garbled: "%s"', async (garbled) => {
    const { visitor, state } = await start()
    expect((await visitor.get(`/continue?state=${garbled}`)).status).toBe(400)
    expect(stepOf(await visitor.get(`/continue?state=${state}`))).toBe('denied')
  })

  test('older than the last one the browser was sent away with', async () => {
    const { visitor, state } = await start()
    const newer = stateOf((await visitor.get('/u/reset-password/step')).leftFor)
    expect((await visitor.get(`/continue?state=${state}`)).status).toBe(400)
    expect(stepOf(await visitor.get(`/continue?state=${newer}`))).toBe('denied')
  })
})

describe('handlers run exactly once', () => {
  const count = (name: string) =>
    `const seen = Number(api.cache.get('${name}')?.value ?? 0) + 1; api.cache.set('${name}', String(seen));`

  test('two actions: the first redirects, the second challenges', async () => {
    await tenant.bind(
      {
        name: 'goes-out',
        ...onBoth(`${count('a-execute')} api.redirect.sendUserTo('https://out.example/')`, count('a-continue')),
      },
      { name: 'asks', ...onExecute(`${count('b-execute')} api.authentication.challengeWith({ type: 'email' })`) },
      {
        name: 'tells',
        ...onExecute(`
        const keys = ['a-execute', 'a-continue', 'b-execute']
        api.access.deny(keys.map((key) => key + '=' + api.cache.get(key)?.value).join(' '))`),
      },
    )
    const user = await tenant.addUser()
    const { visitor, page } = await openReset(tenant, user)
    await visitor.get(`/continue?state=${stateOf(page.leftFor)}`)
    const code = codeIn(await tenant.nextMessage(user.email))
    const told = await visitor.submit('/u/reset-password/challenge', { code })
    expect(told.text).toContain('a-execute=1 a-continue=1 b-execute=1')
  })

  test('a form that is posted several times at once is kept once, and nobody is turned away', async () => {
    await tenant.bind(onBoth("api.redirect.sendUserTo('https://out.example/')", tellWhatCameBack))
    const { visitor, page } = await openReset(tenant, await tenant.addUser())
    const state = stateOf(page.leftFor)
    const post = async () => {
      const { statusCode, headers, body } = await request(`http://127.0.0.1:${server.port}/continue?state=${state}`, {
        method: 'POST',
        headers: { host: tenant.host, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'answer=yes',
      })
      await body.dump()
      return `${statusCode} ${headers.location}`
    }
    const answers = await Promise.all(Array.from({ length: 20 }, post))
    expect(new Set(answers)).toEqual(new Set([`303 /continue?state=${state}`]))
    expect((await visitor.get(`/continue?state=${state}`)).text).toContain('POST//yes')
  })

  test('of twenty returns that race, one runs the action', async () => {
    await tenant.bind(
      onBoth("api.redirect.sendUserTo('https://out.example/')", count('raced')),
      onExecute("api.access.deny('runs: ' + api.cache.get('raced')?.value)"),
    )
    const { visitor, page } = await openReset(tenant, await tenant.addUser())
    const state = stateOf(page.leftFor)
    await Promise.all(Array.from({ length: 20 }, () => visitor.get(`/continue?state=${state}`)))
    expect((await visitor.get('/u/reset-password/step')).text).toContain('runs: 1')
  })

  describe('a user who is away', () => {
    const goesAway = onBoth("api.redirect.sendUserTo('https://out.example/')", "api.access.deny('old')")
    const changed = onBoth('', "api.access.deny('new')")
    const limits = (patch: object) => tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}/limits`, patch)

    test('comes back to the version that was live, however many were deployed meanwhile', async () => {
      const [id] = await tenant.bind(goesAway)
      const action = `/api/v2/actions/actions/${id}`
      await limits({ versionsKept: 2 })
      const { visitor, page } = await openReset(tenant, await tenant.addUser())
      await tenant.api.must('PATCH', action, changed)
      for (let n = 0; n < 4; n += 1) await tenant.api.must('POST', `${action}/deploy`)
      const { total } = await tenant.api.must<{ total: number }>('GET', `${action}/versions`)
      expect(total).toBe(3)
      expect((await visitor.get(`/continue?state=${stateOf(page.leftFor)}`)).text).toContain('old')
      await limits({ versionsKept: null })
    })

    test('is not touched by a rollback, another secret, or a list of bindings without the action', async () => {
      const [id] = await tenant.bind({
        ...onBoth("api.redirect.sendUserTo('https://out.example/')", 'api.access.deny(event.secrets.WORD)'),
        secrets: [{ name: 'WORD', value: 'said-before' }],
      })
      const action = `/api/v2/actions/actions/${id}`
      const { visitor, page } = await openReset(tenant, await tenant.addUser())
      const { versions } = await tenant.api.must<{ versions: { id: string }[] }>('GET', `${action}/versions`)
      await tenant.api.must('PATCH', action, { ...changed, secrets: [{ name: 'WORD', value: 'said-later' }] })
      await tenant.api.must('POST', `${action}/deploy`)
      await tenant.api.must('POST', `${action}/versions/${versions[0]?.id}/deploy`, { update_draft: true })
      await tenant.bind(onExecute("api.access.deny('of another action')"))
      expect((await visitor.get(`/continue?state=${stateOf(page.leftFor)}`)).text).toContain('said-before')
    })
  })
})
