/** Calls of one tenant that keep the server's thread for long: that tenant pays for them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiApp, openApiApp } from '../../../support/api-app.ts'

let app: ApiApp
beforeAll(async () => {
  app = await openApiApp()
})
afterAll(() => app.close())

const left = ({ headers }: { headers: Record<string, unknown> }) => Number(headers['x-ratelimit-remaining'])

/** Sixty-four conditions that no index serves: tens of milliseconds of the database, and of no user true. */
const dear = `/users?${new URLSearchParams({ q: Array.from({ length: 64 }, (_, index) => `name:nobody-${index}`).join(' OR ') })}`

test('a search that keeps the database for long counts as several calls, for who has asked it', async () => {
  const [busy, neighbour] = [await app.createTenant(), await app.createTenant()]
  for (const { name } of [busy, neighbour])
    await app.operator('PATCH', `/tenants/${name}/limits`, { body: { managementBurst: 100_000, managementRate: 1 } })
  const body = { connection: 'Username-Password-Authentication' }
  const addUser = (_: unknown, index: number) =>
    busy.call('POST', '/users', { body: { ...body, email: `user-${index}@example.com`, name: `User ${index}` } })
  await Promise.all(Array.from({ length: 1_500 }, addUser))

  const before = left(await busy.call('GET', '/roles'))
  const beforeNextDoor = left(await neighbour.call('GET', '/roles'))
  const searches = Array.from({ length: 10 }, () => busy.call('GET', dear))
  const calls = Array.from({ length: 10 }, () => neighbour.call('GET', '/roles'))
  for (const { status } of await Promise.all([...searches, ...calls])) expect(status).toBe(200)

  const paid = before - left(await busy.call('GET', '/roles'))
  const paidNextDoor = beforeNextDoor - left(await neighbour.call('GET', '/roles'))
  expect(paid).toBeGreaterThan(searches.length + 1)
  expect(paidNextDoor).toBeLessThan(paid)
})
