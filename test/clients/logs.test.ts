/** The tenant's log, by both majors of the vendor's management client: only the older one can read on from an entry. */
import type { ManagementClient } from 'auth0'
import { ManagementClient as LegacyManagementClient } from 'auth0/legacy'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ClientSite, openClientSite } from '../support/client-site.ts'
import { allOf, database, managementClient } from '../support/management-client.ts'

let site: ClientSite
let management: ManagementClient
let legacy: LegacyManagementClient
let userId: string

beforeAll(async () => {
  site = await openClientSite()
  management = managementClient(site)
  legacy = new LegacyManagementClient({ domain: site.domain, ...site.managementClient })
  const user = await management.users.create({ connection: database, email: 'ada@example.com' })
  userId = user.user_id ?? ''
  for (const name of ['Ada', 'Lovelace', 'Ada Lovelace']) await management.users.update(userId, { name })
})
afterAll(() => site.stop())

test('is searched, newest first', async () => {
  const search = { queryParams: { q: 'type:sapi' } }
  const page = await management.logs.list({ per_page: 2, sort: 'date:-1' }, search)
  expect(page.data).toHaveLength(2)
  expect(page.response.total).toBe(4)
  const dates = page.data.map(({ date }) => String(date))
  expect(dates).toEqual(dates.toSorted().toReversed())
  const all = await allOf(management.logs.list({ per_page: 3 }, search))
  expect(all.map(({ type }) => type)).toEqual(['sapi', 'sapi', 'sapi', 'sapi'])
})

test('is told entry by entry', async () => {
  const [newest] = (await management.logs.list({ per_page: 1 })).data
  expect(newest?.log_id).toMatch(/^\d+$/)
  expect(await management.logs.get(newest?.log_id ?? '')).toEqual(newest)
})

test('tells of one user', async () => {
  const ofUser = await allOf(management.users.logs.list(userId))
  expect(ofUser.length).toBeGreaterThan(0)
  expect(new Set(ofUser.map(({ user_id }) => user_id))).toEqual(new Set([userId]))
})

test('is read on from an entry, without gaps, by the older client', async () => {
  const seen: string[] = []
  const newestFirst = await allOf(management.logs.list({ per_page: 100 }))
  const oldest = newestFirst.at(-1)?.log_id ?? ''
  for (let from = oldest; ; ) {
    const { data } = await legacy.logs.getAll({ from, take: 2 })
    if (data.length === 0) break
    seen.push(...data.map(({ log_id }) => log_id))
    from = seen.at(-1) ?? from
  }
  expect([oldest, ...seen].slice(0, newestFirst.length)).toEqual(newestFirst.map(({ log_id }) => log_id).toReversed())
})
