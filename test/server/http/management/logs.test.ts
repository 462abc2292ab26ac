import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewLogEntry } from '../../../../server/src/logs/log-entry.ts'
import { type ApiApp, type ApiTenant, type Json, openApiApp } from '../../../support/api-app.ts'

let app: ApiApp
let tenant: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
})
afterAll(() => app.close())

const read = (query: string, of = tenant) => of.call('GET', `/logs?${query}`)
const typesIn = ({ body }: { body: Json }) => body.map(({ type }: Json) => type)

const at = Date.parse('2026-03-04T05:06:07.890Z')
const entry = (index: number, over: Partial<NewLogEntry> = {}): NewLogEntry => ({
  type: 'fcp',
  description: `entry ${index}`,
  date: at + index,
  ...over,
})

/** A tenant of its own whose log holds these. */
const filled = async (entries: readonly NewLogEntry[]): Promise<ApiTenant> => {
  const own = await app.createTenant()
  await own.call('GET', '/logs')
  const before = await app.adapters.logs.lastId(own.name)
  await app.adapters.logs.append(own.name, entries)
  if (before === undefined) throw new Error('Its token is in its log.')
  return own
}

describe('a write of the management API', () => {
  test('is told with its request and answer, its client and its caller', async () => {
    const body = { name: 'Shop', initiate_login_uri: 'https://shop.example/start?key=s3cret' }
    const headers = { 'user-agent': 'Script/1 (iPhone)' }
    const created = await tenant.call('POST', '/clients', { body, headers })
    const [told] = (await read('q=type:sapi')).body
    expect(told).toMatchObject({
      type: 'sapi',
      description: 'POST /api/v2/clients',
      client_id: tenant.client.client_id,
      client_name: 'Management',
      ip: '127.0.0.1',
      user_agent: 'Script/1 (iPhone)',
      isMobile: true,
      hostname: tenant.host.split(':')[0],
      details: {
        request: { method: 'post', path: '/api/v2/clients', body: { name: 'Shop' } },
        response: { statusCode: 201, body: { client_id: created.body.client_id, client_secret: '[left out]' } },
      },
    })
    expect(JSON.stringify(told)).not.toContain(created.body.client_secret)
    expect(JSON.stringify(told)).not.toContain('s3cret')
    expect(told.log_id).toMatch(/^\d{36}$/)
    expect(told._id).toBe(told.log_id)
  })

  test('names the user it is about, and what it means where the vendor has a code for that', async () => {
    const { body: user } = await tenant.call('POST', '/users', {
      body: { connection: 'Username-Password-Authentication', email: 'ada@example.com' },
    })
    const path = `/users/${encodeURIComponent(user.user_id)}/authentication-methods`
    const method = await tenant.call('POST', path, { body: { type: 'totp', totp_secret: 'JBSWY3DPEHPK3PXP' } })
    await tenant.call('DELETE', `${path}/${encodeURIComponent(method.body.id)}`)
    await tenant.call('PUT', '/guardian/factors/otp', { body: { enabled: true } })
    const { body } = await tenant.call('GET', `/users/${encodeURIComponent(user.user_id)}/logs?sort=date:1`)
    expect(typesIn({ body })).toEqual(['sapi', 'gd_enrollment_complete', 'sapi', 'gd_unenroll'])
    expect(typesIn(await read('q=type:gd_tenant_update'))).toEqual(['gd_tenant_update'])
    expect(JSON.stringify((await read('q=type:*')).body)).not.toContain('JBSWY3DPEHPK3PXP')
  })

  test('that was refused, and a read, are not told', async () => {
    const before = (await read('include_totals=true')).body.total
    await tenant.call('POST', '/clients', { body: { name: '' } })
    await tenant.call('GET', '/clients')
    await tenant.callAs('x')('POST', '/clients', { body: { name: 'Other' } })
    expect((await read('include_totals=true')).body.total).toBe(before)
  })
})

describe('a token', () => {
  test('that is given or refused is told, without secret and token', async () => {
    const own = await app.createTenant()
    const grant = { grant_type: 'client_credentials', ...own.client, audience: `https://${own.host}/api/v2/` }
    const wrong = { ...grant, client_secret: 'a-wrong-secret' }
    expect((await own.open('POST', '/oauth/token', { body: wrong })).status).toBe(401)
    const { body } = await read('sort=date:1', own)
    expect(typesIn({ body })).toEqual(['seccft', 'feccft'])
    expect(body[0]).toMatchObject({ client_name: 'Management', scope: expect.stringContaining('read:logs') })
    expect(body[1]).toMatchObject({ description: 'Unauthorized', details: { error: 'access_denied' } })
    expect(body[1].client_id).toBeUndefined()
    for (const secret of [own.token, own.client.client_secret, 'a-wrong-secret'])
      expect(JSON.stringify(body)).not.toContain(secret)
  })
})

describe('a search', () => {
  test('answers a bare array, or with totals an object, newest first, with the fields asked for', async () => {
    const own = await filled([entry(1), entry(2), entry(3)])
    const bare = await read('q=type:fcp&per_page=2', own)
    expect(bare.body.map(({ description }: Json) => description)).toEqual(['entry 3', 'entry 2'])
    const whole = await read('q=type:fcp&per_page=2&page=1&include_totals=true&fields=description', own)
    expect(whole.body).toEqual({ start: 2, limit: 2, length: 1, total: 3, logs: [{ description: 'entry 1' }] })
    const hidden = await read('q=type:fcp&per_page=1&fields=details,_id&include_fields=false&sort=date:1', own)
    expect(hidden.body).toMatchObject([{ description: 'entry 1', date: '2026-03-04T05:06:07.891Z' }])
    expect(hidden.body[0]).not.toHaveProperty('_id')
    expect((await read('q=type:fcp&page=7', own)).body).toEqual([])
  })

  test('understands q and search, apart and together', async () => {
    const own = await filled([
      entry(1, { userName: 'ada@example.com', clientName: 'Shop' }),
      entry(2, { userName: 'adam@example.com', connection: 'Shops' }),
      entry(3 * 86_400_000, { userName: 'bob@example.com' }),
    ])
    const found = async (query: Record<string, string>) => {
      const { status, body } = await read(`${new URLSearchParams({ sort: 'date:1', ...query })}`, own)
      expect(status).toBe(200)
      return body.filter(({ type }: Json) => type === 'fcp').map(({ user_name }: Json) => user_name.split('@')[0])
    }
    expect(await found({ q: 'user_name:ada*' })).toEqual(['ada', 'adam'])
    expect(await found({ q: 'type:fcp AND NOT user_name:"ADA@example.com"' })).toEqual(['adam', 'bob'])
    expect(await found({ q: 'date:2026-03-04' })).toEqual(['ada', 'adam'])
    expect(await found({ q: 'date:[2026-03-01 TO 2026-03-04]' })).toEqual(['ada', 'adam'])
    expect(await found({ q: 'type:fcp date:{2026-03-04 TO 2026-03-07]' })).toEqual(['bob'])
    expect(await found({ q: 'type:fcp date:>2026-03-04T05:06:07.891Z' })).toEqual(['adam', 'bob'])
    expect(await found({ search: 'shop' })).toEqual(['ada', 'adam'])
    expect(await found({ search: 'user:ada' })).toEqual(['ada', 'adam'])
    expect(await found({ search: 'user:"ada@example.com"' })).toEqual(['ada'])
    expect(await found({ search: 'application:shop', q: 'user_name:ada*' })).toEqual(['ada'])
  })

  test.each([
    ['q=hello', 'on property q'],
    ['q=nothing:x', "'nothing' at position 1"],
    ['q=date:today', "'today' is no date"],
    ['q=date:[2026-13-01 TO *]', "'2026-13-01' is no date"],
    ['q=date:2026*', 'date takes no wildcard'],
    ['q=ip:[1 TO 2]', "'ip' has no ranges"],
    ['search=other:x', "'other' is none of application"],
    [`search=${'a+'.repeat(65)}`, 'It may have 64 terms'],
    ['per_page=101', 'Query validation error'],
    ['take=101', 'Query validation error'],
    ['from=1', 'Query validation error'],
    ['sort=ip:1', 'Query validation error'],
    ['other=1', 'Additional properties not allowed: other'],
  ])('%s is refused with the reason', async (query, reason) => {
    const { status, body } = await read(query)
    expect(status).toBe(400)
    expect(body).toMatchObject({ statusCode: 400, error: 'Bad Request', errorCode: 'invalid_uri' })
    expect(body.message).toContain(reason)
  })

  test('needs a scope for logs, and finds the entries of its own tenant only', async () => {
    expect((await tenant.callAs(await tenant.tokenFor('read:users'))('GET', '/logs')).status).toBe(403)
    for (const scope of ['read:logs', 'read:logs_users'])
      expect((await tenant.callAs(await tenant.tokenFor(scope))('GET', '/logs')).status).toBe(200)
    const own = await filled([entry(1)])
    const [{ log_id }] = (await read('q=type:fcp', own)).body
    expect((await own.call('GET', `/logs/${log_id}`)).body).toMatchObject({ log_id, type: 'fcp' })
    expect((await tenant.call('GET', `/logs/${log_id}`)).status).toBe(404)
    expect(await tenant.call('GET', '/logs/1')).toMatchObject({ status: 404, body: { errorCode: 'inexistent_log' } })
  })
})

describe('reading on', () => {
  test('answers what came after an entry, oldest first, and where to go on, also at the end', async () => {
    const own = await filled([entry(3), entry(1), entry(2)])
    const first = await read('take=2', own)
    expect(typesIn(first)).toEqual(['seccft', 'fcp'])
    expect(first.headers.link).toBe(`<http://${own.host}/api/v2/logs?from=${first.body[1].log_id}&take=2>; rel="next"`)
    const follow = (link: unknown) =>
      own.open('GET', String(link).slice(1).split('>')[0]!.split(own.host)[1]!, {
        headers: { authorization: `Bearer ${own.token}` },
      })
    const second = await follow(first.headers.link)
    expect(second.body.map(({ description }: Json) => description)).toEqual(['entry 1', 'entry 2'])
    const end = await follow(second.headers.link)
    expect(end.body).toEqual([])
    expect(end.headers.link).toBe(second.headers.link)
    const ignored = await read(`from=${first.body[0].log_id}&take=1&q=type:scp&page=9&include_totals=true`, own)
    expect(ignored.body.map(({ description }: Json) => description)).toEqual(['entry 3'])
  })
})

test('an entry stays small whatever it is told', async () => {
  const own = await app.createTenant()
  const name = 'x'.repeat(200_000)
  app.adapters.tenantLog.record(own.name, {
    type: 'feccft',
    description: name,
    userAgent: name,
    details: {
      error: Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`${index}`, [name, { deep: name }]])),
    },
  })
  const { body } = await read('q=type:feccft', own)
  expect(JSON.stringify(body).length).toBeLessThan(40_000)
})

test('callers who ask too often are told of once a minute, however often they ask', async () => {
  const own = await app.createTenant()
  await app.operator('PATCH', `/tenants/${own.name}/limits`, { body: { resetRequests: 1 } })
  const ask = () => own.open('POST', '/dbconnections/change_password', { body: { email: 'ada@example.com' } })
  const statuses = [(await ask()).status, (await ask()).status, (await ask()).status]
  expect(statuses).toEqual([200, 429, 429])
  const { body } = await read('q=type:api_limit', own)
  expect(body).toMatchObject([
    { ip: '127.0.0.1', details: { request: { method: 'post', path: '/dbconnections/change_password' } } },
  ])
})

test('callers who have left no more than a fifth are warned of, once a minute, before they are refused', async () => {
  const own = await app.createTenant()
  await app.operator('PATCH', `/tenants/${own.name}/limits`, { body: { managementBurst: 10, managementRate: 1 } })
  const warnings = async () => (await app.adapters.logs.after(own.name, undefined, 100)).filter(isWarning)
  const isWarning = ({ type }: { type: string }) => type === 'api_limit_warning'
  const left = async () => {
    const { headers } = await own.call('GET', '/clients')
    await app.adapters.tenantLog.flush()
    return Number(headers['x-ratelimit-remaining'])
  }
  expect(await left()).toBeGreaterThan(2)
  expect(await warnings()).toEqual([])
  while ((await left()) > 2);
  while ((await left()) > 0);
  expect(await warnings()).toMatchObject([
    {
      description: 'Nearly too many requests',
      ip: '127.0.0.1',
      details: { request: { method: 'get', path: '/api/v2/clients' } },
    },
  ])
  app.advance(61_000)
  while ((await left()) > 2);
  expect(await warnings()).toHaveLength(2)
})
