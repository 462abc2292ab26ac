/** Where a reset begins and where its user is kept, by the vendor's management client. */
import { Management, type ManagementClient } from 'auth0'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClientSite, openClientSite } from '../support/client-site.ts'
import { allOf, database, managementClient } from '../support/management-client.ts'

let site: ClientSite
let management: ManagementClient

beforeAll(async () => {
  site = await openClientSite()
  management = managementClient(site)
})
afterAll(() => site.stop())

describe('a client', () => {
  test('is created with a secret that is shown this once, read, changed and deleted', async () => {
    const created = await management.clients.create({ name: 'Shop', client_metadata: { theme: 'dark', tier: 'gold' } })
    const id = created.client_id ?? ''
    expect(id).toMatch(/^[0-9a-zA-Z]{32}$/)
    expect(created.client_secret).toBeTruthy()
    expect(await management.clients.get(id)).not.toHaveProperty('client_secret')
    const changed = await management.clients.update(id, {
      name: 'Store',
      initiate_login_uri: 'https://shop.example/login',
      client_metadata: { theme: null as unknown as string },
    })
    expect(changed).toMatchObject({ name: 'Store', initiate_login_uri: 'https://shop.example/login' })
    expect(changed.client_metadata).toEqual({ tier: 'gold' })
    await management.clients.delete(id)
    await expect(management.clients.get(id)).rejects.toMatchObject({
      statusCode: 404,
      body: { errorCode: 'inexistent_client', message: 'The client does not exist' },
    })
  })

  test('is listed with all the others, page by page', async () => {
    for (const name of ['One', 'Two', 'Three']) await management.clients.create({ name })
    const page = await management.clients.list({ per_page: 2, fields: 'name' })
    expect(page.data).toHaveLength(2)
    expect(Object.keys(page.data[0] ?? {})).toEqual(['name'])
    const all = await allOf(management.clients.list({ per_page: 2 }))
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['Management', 'One', 'Two', 'Three']))
    expect(page.response.total).toBe(all.length)
  })
})

describe('connections', () => {
  test('are created, found by name, and read', async () => {
    const created = await management.connections.create({ name: 'Partners', strategy: 'auth0' })
    expect(created.id).toMatch(/^con_[0-9a-zA-Z]{16}$/)
    expect(await management.connections.get(created.id ?? '')).toMatchObject({ name: 'Partners', strategy: 'auth0' })
    const found = await allOf(management.connections.list({ name: 'Partners' }))
    expect(found.map(({ id }) => id)).toEqual([created.id])
    const all = await allOf(management.connections.list({ strategy: ['auth0'] }))
    expect(all.map(({ name }) => name).toSorted()).toEqual(['Partners', database])
  })

  test('have names of their own', async () => {
    const refused = management.connections.create({ name: database, strategy: 'auth0' })
    await expect(refused).rejects.toBeInstanceOf(Management.ConflictError)
  })
})
