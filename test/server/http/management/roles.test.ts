import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'

let app: ApiApp
let tenant: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
})
afterAll(() => app.close())

const createRole = async (name: string, of = tenant): Promise<string> =>
  (await of.call('POST', '/roles', { body: { name } })).body.id

describe('roles', () => {
  test('create and delete answer 200, and a role shows what was set', async () => {
    const body = { name: 'Admin', description: 'may do everything' }
    const created = await tenant.call('POST', '/roles', { body })
    expect(created).toMatchObject({
      status: 200,
      body: { ...body, id: expect.stringMatching(/^rol_[A-Za-z0-9]{16}$/) },
    })
    const path = `/roles/${created.body.id}`
    expect((await tenant.call('GET', path)).body).toEqual(created.body)
    const edited = await tenant.call('PATCH', path, { body: { name: 'Boss', description: null } })
    expect(edited).toMatchObject({ status: 200, body: { id: created.body.id, name: 'Boss' } })
    expect(edited.body).not.toHaveProperty('description')
    expect(await tenant.call('DELETE', path)).toMatchObject({ status: 200, body: {} })
    expect(await tenant.call('DELETE', path)).toMatchObject({ status: 404, body: { errorCode: 'inexistent_role' } })
  })

  test('are listed in both forms, and by a part of the name', async () => {
    const own = await app.createTenant()
    for (const name of ['Reader', 'Writer', 'Proof-reader']) await createRole(name, own)
    const named = async (query: string) => (await own.call('GET', `/roles${query}`)).body
    expect((await named('')).map(({ name }: { name: string }) => name)).toEqual(['Reader', 'Writer', 'Proof-reader'])
    expect(await named('?name_filter=READ&include_totals=true&per_page=1&page=1')).toMatchObject({
      start: 1,
      limit: 1,
      length: 1,
      total: 2,
      roles: [{ name: 'Proof-reader' }],
    })
    expect(await named('?type=tenant&page=3')).toEqual([])
  })

  test('a name is taken once, and the tenant has so many', async () => {
    const own = await app.createTenant()
    await createRole('Admin', own)
    expect((await own.call('POST', '/roles', { body: { name: 'Admin' } })).status).toBe(409)
    await app.operator('PATCH', `/tenants/${own.name}/limits`, { body: { roles: 1 } })
    const refused = await own.call('POST', '/roles', { body: { name: 'Reader' } })
    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining('limit is 1') } })
  })

  test('have no permissions: no other API is registered here', async () => {
    const id = await createRole('Without permissions')
    expect((await tenant.call('GET', `/roles/${id}/permissions?per_page=100`)).body).toEqual([])
    expect((await tenant.call('GET', '/roles/rol_none/permissions')).status).toBe(404)
  })
})

describe('roles of a user', () => {
  test('are assigned and removed with 204, and listed', async () => {
    const [reader, writer] = [await createRole('A reader'), await createRole('A writer')]
    const path = `/users/${encodeURIComponent(await tenant.addUser('ada@example.com'))}/roles`
    expect(await tenant.call('POST', path, { body: { roles: [reader, writer] } })).toMatchObject({
      status: 204,
      body: '',
    })
    expect((await tenant.call('GET', `${path}?include_totals=true&per_page=1`)).body).toEqual({
      start: 0,
      limit: 1,
      length: 1,
      total: 2,
      roles: [{ id: reader, name: 'A reader' }],
    })
    expect((await tenant.call('DELETE', path, { body: { roles: [reader] } })).status).toBe(204)
    expect((await tenant.call('GET', path)).body).toEqual([{ id: writer, name: 'A writer' }])
  })

  test('what is not there is refused by name', async () => {
    const path = `/users/${encodeURIComponent(await tenant.addUser('bob@example.com'))}/roles`
    const call = async (where: string, roles: string[]) =>
      (await tenant.call('POST', where, { body: { roles } })).body.errorCode
    expect(await call(path, ['rol_none'])).toBe('inexistent_role')
    expect(await call('/users/auth0%7Cnobody/roles', [await createRole('Of nobody')])).toBe('inexistent_user')
    expect((await tenant.call('GET', '/users/auth0%7Cnobody/roles')).status).toBe(404)
    expect((await tenant.call('POST', path, { body: { roles: [] } })).status).toBe(400)
  })

  test('are fifty at most, unless the operator says otherwise', async () => {
    const own = await app.createTenant()
    const path = `/users/${encodeURIComponent(await own.addUser('ada@example.com'))}/roles`
    const roles: string[] = []
    for (let count = 0; count < 51; count++) roles.push(await createRole(`role ${count}`, own))
    expect((await own.call('POST', path, { body: { roles } })).status).toBe(400)
    expect((await own.call('POST', path, { body: { roles: roles.slice(0, 50) } })).status).toBe(204)
    const refused = await own.call('POST', path, { body: { roles: roles.slice(50) } })
    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining('limit is 50') } })
    await app.operator('PATCH', `/tenants/${own.name}/limits`, { body: { rolesPerUser: 51 } })
    expect((await own.call('POST', path, { body: { roles: roles.slice(50) } })).status).toBe(204)
  })

  test('are read with both scopes only', async () => {
    const path = `/users/${encodeURIComponent(await tenant.addUser('eve@example.com'))}/roles`
    const as = async (...scopes: string[]) =>
      (await tenant.callAs(await tenant.tokenFor(...scopes))('GET', path)).status
    expect(await as('read:users', 'read:roles')).toBe(200)
    expect([await as('read:users'), await as('read:roles')]).toEqual([403, 403])
  })

  test('show up at the role, in both forms', async () => {
    const role = await createRole('Held by two')
    const users = [await tenant.addUser('one@example.com'), await tenant.addUser('two@example.com')]
    expect((await tenant.call('POST', `/roles/${role}/users`, { body: { users } })).status).toBe(200)
    const first = (await tenant.call('GET', `/roles/${role}/users?take=1`)).body
    expect(first.users).toMatchObject([{ user_id: users[0], email: 'one@example.com', name: 'one@example.com' }])
    const second = (await tenant.call('GET', `/roles/${role}/users?take=1&from=${first.next}&include_totals=true`)).body
    expect(second).toEqual({ users: [expect.objectContaining({ user_id: users[1] })] })
    expect((await tenant.call('GET', `/roles/${role}/users?include_totals=true`)).body.total).toBe(2)
    const wrong = await tenant.call('GET', `/roles/${role}/users?from=nonsense`)
    expect(wrong).toMatchObject({ status: 400, body: { errorCode: 'invalid_uri' } })
  })

  test('a stranger’s roles and users do not exist', async () => {
    const stranger = await app.createTenant()
    const [role, user] = [await createRole('Foreign', stranger), await stranger.addUser('x@example.com')]
    const path = `/users/${encodeURIComponent(user)}/roles`
    expect((await tenant.call('POST', path, { body: { roles: [role] } })).status).toBe(404)
    expect((await tenant.call('GET', `/roles/${role}`)).status).toBe(404)
    expect((await tenant.call('GET', `/roles/${role}/users`)).status).toBe(404)
    expect((await tenant.call('PATCH', `/roles/${role}`, { body: { name: 'mine' } })).status).toBe(404)
    expect((await stranger.call('GET', `/roles/${role}`)).body.name).toBe('Foreign')
  })
})
