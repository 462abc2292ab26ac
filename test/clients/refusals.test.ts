/** What the vendor's management client makes of refusals: whoever catches its errors finds what the vendor's API would say. */
import { Management, ManagementClient } from 'auth0'
import { AuthenticationClient } from 'auth0/legacy'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClientSite, openClientSite } from '../support/client-site.ts'
import { managementClient, newAction } from '../support/management-client.ts'

let site: ClientSite
let management: ManagementClient

beforeAll(async () => {
  site = await openClientSite()
  management = managementClient(site)
})
afterAll(() => site.stop())

test('a wrong secret gets no token, and the client says so', async () => {
  const { clientId } = site.managementClient
  const stranger = new ManagementClient({ domain: site.domain, clientId, clientSecret: 'wrong' })
  await expect(stranger.actions.list()).rejects.toMatchObject({
    statusCode: 401,
    body: { error: 'access_denied', error_description: 'Unauthorized' },
  })
})

test('a token that is none is refused', async () => {
  const stranger = new ManagementClient({ domain: site.domain, token: 'no-token' })
  const refused = stranger.actions.list()
  await expect(refused).rejects.toBeInstanceOf(Management.UnauthorizedError)
  await expect(refused).rejects.toMatchObject({ body: { statusCode: 401, message: 'Invalid token' } })
})

test('a token without the scope is refused with the scope it lacks', async () => {
  const { oauth } = new AuthenticationClient({ domain: site.domain, ...site.managementClient })
  const wanted = { audience: `${site.origin}/api/v2/`, scope: 'read:actions' }
  const { data } = await oauth.clientCredentialsGrant(wanted)
  const reader = new ManagementClient({ domain: site.domain, token: data.access_token })
  expect((await reader.actions.list()).data).toEqual([])
  const refused = reader.actions.create(newAction())
  await expect(refused).rejects.toBeInstanceOf(Management.ForbiddenError)
  await expect(refused).rejects.toMatchObject({
    body: { errorCode: 'insufficient_scope', message: 'Insufficient scope, expected any of: create:actions' },
  })
})

test('a property that is not known is named', async () => {
  const refused = management.actions.create({ ...newAction(), colour: 'red' } as ReturnType<typeof newAction>)
  await expect(refused).rejects.toBeInstanceOf(Management.BadRequestError)
  await expect(refused).rejects.toThrow('Additional properties not allowed: colour')
})

test('what this server does not have is told at once', async () => {
  const refused = management.rules.list()
  await expect(refused).rejects.toBeInstanceOf(Management.NotFoundError)
})

describe('a tenant that has used up its calls', () => {
  beforeAll(() => site.operator('PATCH', '/tenants/acme/limits', { managementBurst: 2, managementRate: 1 }))
  afterAll(() => site.operator('PATCH', '/tenants/acme/limits', { managementBurst: null, managementRate: null }))

  test('is served all the same: the client waits as long as it is told to', async () => {
    const lists = await Promise.all([1, 2, 3].map(() => management.clients.list()))
    expect(lists.map(({ data }) => data.length)).toEqual([1, 1, 1])
  })

  test('is told so where the client does not wait', async () => {
    const calls = Array.from({ length: 10 }, () => management.clients.list({}, { maxRetries: 0 }))
    const refused = (await Promise.allSettled(calls)).filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    for (const { reason } of refused as PromiseRejectedResult[]) {
      expect(reason).toBeInstanceOf(Management.TooManyRequestsError)
      expect(reason.body.message).toBe('Global limit has been reached')
    }
  })
})
