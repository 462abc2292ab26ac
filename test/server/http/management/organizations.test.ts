import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'

let app: ApiApp
let tenant: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
})
afterAll(() => app.close())

const create = async (name: string, of = tenant): Promise<string> =>
  (await of.call('POST', '/organizations', { body: { name } })).body.id

describe('organizations', () => {
  test('show what was set, by id and by name', async () => {
    const body = {
      name: 'acme',
      display_name: 'Acme Inc.',
      metadata: { plan: 'gold' },
      branding: { logo_url: 'https://acme.example/logo.png', colors: { primary: '#0059d6' } },
    }
    const created = await tenant.call('POST', '/organizations', { body })
    expect(created).toMatchObject({
      status: 201,
      body: { ...body, id: expect.stringMatching(/^org_[A-Za-z0-9]{16}$/) },
    })
    const path = `/organizations/${created.body.id}`
    expect((await tenant.call('GET', path)).body).toEqual(created.body)
    expect((await tenant.call('GET', '/organizations/name/acme')).body).toEqual(created.body)
    const edited = await tenant.call('PATCH', path, { body: { display_name: 'Acme', metadata: { region: 'eu' } } })
    expect(edited).toMatchObject({ status: 200, body: { ...body, display_name: 'Acme', metadata: { region: 'eu' } } })
    expect((await tenant.call('DELETE', path)).status).toBe(204)
    expect(await tenant.call('GET', path)).toMatchObject({
      status: 404,
      body: { message: 'No organization found by that id or name' },
    })
  })

  test('a name is shown where no other was given', async () => {
    const id = await create('bare')
    expect((await tenant.call('GET', `/organizations/${id}`)).body).toEqual({ id, name: 'bare', display_name: 'bare' })
  })

  test.each([
    [{ name: 'Acme' }, 'on property name'],
    [{ name: 'org_1' }, 'on property name'],
    [{ name: 'ok', metadata: { a: 1 } }, 'on property metadata.a'],
    [{ name: 'ok', metadata: Object.fromEntries(Array.from({ length: 26 }, (_, key) => [key, 'x'])) }, 'At most 25'],
    [{ name: 'ok', branding: { logo_url: 'javascript:alert(1)' } }, 'on property branding.logo_url'],
    [{ name: 'ok', branding: { logo_url: 'http://acme.example/logo.png' } }, 'on property branding.logo_url'],
    [{ name: 'ok', branding: { logo_url: 'https://*/logo.png' } }, 'letters, digits, hyphens and dots only'],
    [{ name: 'ok', branding: { colors: { primary: 'red' } } }, 'on property branding.colors.primary'],
    [{ name: 'ok', branding: { colors: { page_background: '#00000080' } } }, 'format html-color'],
  ])('%j is refused', async (body, message) => {
    const answer = await tenant.call('POST', '/organizations', { body })
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining(message) } })
  })

  test('are listed in both forms', async () => {
    const own = await app.createTenant()
    for (const name of ['c', 'a', 'b']) await create(name, own)
    const get = async (query: string) => (await own.call('GET', `/organizations${query}`)).body
    const names = (list: { name: string }[]) => list.map(({ name }) => name)
    expect(names(await get(''))).toEqual(['c', 'a', 'b'])
    expect(await get('?include_totals=true&per_page=2&page=1')).toMatchObject({
      start: 2,
      limit: 2,
      length: 1,
      total: 3,
    })
    const first = await get('?take=2&include_totals=true')
    expect([names(first.organizations), Object.keys(first)]).toEqual([
      ['c', 'a'],
      ['organizations', 'next'],
    ])
    const last = await get(`?take=2&from=${first.next}`)
    expect([names(last.organizations), Object.keys(last)]).toEqual([['b'], ['organizations']])
  })

  test('a name is taken once, and the tenant has so many', async () => {
    const own = await app.createTenant()
    await create('acme', own)
    expect((await own.call('POST', '/organizations', { body: { name: 'acme' } })).status).toBe(409)
    await app.operator('PATCH', `/tenants/${own.name}/limits`, { body: { organizations: 1 } })
    expect((await own.call('POST', '/organizations', { body: { name: 'other' } })).status).toBe(400)
  })
})

test('an organization has no connections and no grants of its own', async () => {
  const { body } = await tenant.call('POST', '/organizations', { body: { name: 'empty-lists' } })
  for (const [path, key] of [
    ['connections', 'connections'],
    ['client-grants', 'client_grants'],
  ] as const) {
    expect((await tenant.call('GET', `/organizations/${body.id}/${path}`)).body).toEqual([])
    const listed = await tenant.call('GET', `/organizations/${body.id}/${path}?include_totals=true`)
    expect(listed.body).toEqual({ start: 0, limit: 50, length: 0, total: 0, [key]: [] })
    expect((await tenant.call('GET', `/organizations/org_nothing/${path}`)).status).toBe(404)
  }
})

describe('members', () => {
  test('are added and removed with 204, and listed by checkpoint and from the user', async () => {
    const id = await create('with-members')
    const users = [await tenant.addUser('ada@example.com'), await tenant.addUser('bob@example.com')]
    const path = `/organizations/${id}/members`
    expect(await tenant.call('POST', path, { body: { members: users } })).toMatchObject({ status: 204, body: '' })
    const first = (await tenant.call('GET', `${path}?take=1&fields=user_id,email&include_totals=true`)).body
    expect(first).toEqual({ members: [{ user_id: users[0], email: 'ada@example.com' }], next: expect.any(String) })
    const second = (await tenant.call('GET', `${path}?take=1&from=${first.next}`)).body
    expect(second).toEqual({ members: [expect.objectContaining({ user_id: users[1], name: 'bob@example.com' })] })

    const ofUser = `/users/${encodeURIComponent(users[0] ?? '')}/organizations`
    expect((await tenant.call('GET', `${ofUser}?include_totals=true`)).body).toMatchObject({
      total: 1,
      organizations: [{ id, name: 'with-members' }],
    })
    expect((await tenant.call('DELETE', path, { body: { members: [users[0]] } })).status).toBe(204)
    expect((await tenant.call('GET', ofUser)).body).toEqual([])
  })

  test('who does not exist is refused by name', async () => {
    const path = `/organizations/${await create('choosy')}/members`
    const call = (where: string, user: string) => tenant.call('POST', where, { body: { members: [user] } })
    expect((await call(path, 'auth0|nobody')).body.errorCode).toBe('inexistent_user')
    const user = await tenant.addUser('cleo@example.com')
    expect((await call('/organizations/org_none/members', user)).status).toBe(404)
    const stranger = await app.createTenant()
    expect((await call(path, await stranger.addUser('x@example.com'))).body.errorCode).toBe('inexistent_user')
    expect((await stranger.call('GET', path)).status).toBe(404)
    expect((await tenant.call('GET', '/users/auth0%7Cnobody/organizations')).status).toBe(404)
  })
})
