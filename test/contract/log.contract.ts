import { describe, expect, test } from 'vitest'
import type { NewLogEntry } from '../../server/src/logs/log-entry.ts'
import type { LogSearch } from '../../server/src/logs/log-store.ts'
import type { Query } from '../../server/src/search/query.ts'
import {
  awkwardTexts,
  minute,
  now,
  type OpenEngine,
  otherTenant,
  race,
  type Stores,
  tenant,
  useEngine,
} from './engine.ts'

export const aLogEntry = (over: Partial<NewLogEntry> = {}): NewLogEntry => ({
  type: 'sapi',
  description: 'POST /api/v2/users',
  date: now,
  ...over,
})

const whole: NewLogEntry = {
  type: 'scp',
  description: 'A new password was set',
  connection: 'Users',
  connectionId: 'con_1',
  strategy: 'auth0',
  strategyType: 'database',
  clientId: 'client',
  clientName: 'Shop',
  ip: '203.0.113.9',
  userAgent: 'Mozilla/5.0 (X11)',
  hostname: 'acme.example',
  userId: 'auth0|1',
  userName: 'Ada@Example.com',
  organizationId: 'org_1',
  audience: 'https://acme.example/api/v2/',
  scope: 'read:logs',
  details: { text: '__proto__ ü🔑 \u0000', deep: [{ a: null }] },
  date: now,
}

const search = (over: Partial<LogSearch> = {}): LogSearch => ({ order: 'newest-first', offset: 0, limit: 50, ...over })

const match = (field: string, text: string, how: 'whole' | 'beginning' = 'whole'): Query => ({
  op: 'match',
  field,
  how,
  text,
})

export const logContract = (open: OpenEngine<Stores>) =>
  describe('logs', () => {
    const nodes = useEngine(open)
    const described = async (query: Query) => {
      const { items } = await nodes.two.logs.search(tenant, search({ query, order: 'oldest-first' }))
      return items.map(({ description }) => description)
    }

    test('an entry comes back as it was told, with an id of 36 digits', async () => {
      await nodes.one.logs.append(tenant, [whole, aLogEntry()])
      const [first, second] = await nodes.two.logs.after(tenant, undefined, 10)
      expect(first).toStrictEqual({ ...whole, id: expect.stringMatching(/^\d{36}$/) })
      expect(second).toStrictEqual({ ...aLogEntry(), id: expect.any(String) })
      expect(await nodes.two.logs.find(tenant, first!.id)).toStrictEqual(first)
    })

    test('twenty that write at once get ids of their own, and reading on misses none', async () => {
      const entries = [aLogEntry(), aLogEntry()]
      await race(nodes, ({ logs }) => logs.append(tenant, entries))
      const read: string[] = []
      for (;;) {
        const some = await nodes.one.logs.after(tenant, read.at(-1), 7)
        if (some.length === 0) break
        read.push(...some.map(({ id }) => id))
      }
      expect(read).toHaveLength(40)
      expect(read).toEqual([...new Set(read)].toSorted())
      expect(await nodes.two.logs.lastId(tenant)).toBe(read.at(-1))
    })

    test('ids grow also when the clock goes back', async () => {
      await nodes.one.logs.append(tenant, [aLogEntry({ date: now })])
      await nodes.two.logs.append(tenant, [aLogEntry({ date: now - 60 * minute })])
      const [first, second] = await nodes.one.logs.after(tenant, undefined, 10)
      expect(second!.id > first!.id).toBe(true)
      expect(second!.date).toBe(now - 60 * minute)
    })

    test('a second tenant finds nothing', async () => {
      await nodes.one.logs.append(tenant, [whole])
      const [entry] = await nodes.one.logs.after(tenant, undefined, 1)
      expect(await nodes.one.logs.find(otherTenant, entry!.id)).toBeUndefined()
      expect(await nodes.one.logs.after(otherTenant, undefined, 10)).toEqual([])
      expect(await nodes.one.logs.lastId(otherTenant)).toBeUndefined()
      expect(await nodes.one.logs.search(otherTenant, search())).toEqual({ items: [], total: 0 })
      const sly: Query = { op: 'or', of: [match('type', 'scp'), { op: 'not', of: match('type', 'scp') }] }
      expect(await nodes.one.logs.search(otherTenant, search({ query: sly }))).toEqual({ items: [], total: 0 })
    })

    test('what goes to a tenant that is gone is dropped', async () => {
      await nodes.one.logs.append('nobody', [aLogEntry()])
      expect(await nodes.one.logs.after('nobody', undefined, 1)).toEqual([])
    })

    test('entries go with their tenant', async () => {
      await nodes.one.logs.append(tenant, [aLogEntry()])
      await nodes.one.tenants.remove(tenant)
      expect(await nodes.two.logs.after(tenant, undefined, 10)).toEqual([])
    })

    test('what is no id finds nothing', async () => {
      await nodes.one.logs.append(tenant, [aLogEntry()])
      const [entry] = await nodes.one.logs.after(tenant, undefined, 1)
      const sameNumber = `900${'0'.repeat(17)}${entry!.id.slice(20)}`
      for (const id of ['', '1', 'x'.repeat(36), sameNumber]) {
        expect(await nodes.one.logs.find(tenant, id)).toBeUndefined()
      }
    })

    test('pages are exact in either order, and nothing beyond a thousand is found', async () => {
      const many = Array.from({ length: 1_050 }, (_, index) =>
        aLogEntry({ description: `${index}`, date: now + index }),
      )
      for (const half of [many.slice(0, 500), many.slice(500)]) await nodes.one.logs.append(tenant, half)
      const { logs } = nodes.two
      const all: Query = { op: 'exists', field: 'type' }
      for (const over of [{}, { query: all }]) {
        const page = await logs.search(tenant, search({ ...over, offset: 2, limit: 2 }))
        expect(page.items.map(({ description }) => description)).toEqual(['1047', '1046'])
        expect(page.total).toBe(1_000)
        const oldest = await logs.search(tenant, search({ ...over, order: 'oldest-first', limit: 1 }))
        expect(oldest.items.map(({ description }) => description)).toEqual(['0'])
        expect((await logs.search(tenant, search({ ...over, offset: 990, limit: 50 }))).items).toHaveLength(10)
        expect((await logs.search(tenant, search({ ...over, offset: 1_000, limit: 50 }))).items).toEqual([])
      }
    })

    test('a search finds the few among many, in the order of their dates, whatever came in first', async () => {
      const dateOf = (index: number) => now + ((index * 7) % 300)
      const many = Array.from({ length: 300 }, (_, index) =>
        aLogEntry({ type: index % 50 === 0 ? 'fcpr' : 'scpr', description: `${index}`, date: dateOf(index) }),
      )
      await nodes.one.logs.append(tenant, many)
      const rare = many.filter(({ type }) => type === 'fcpr').toSorted((one, other) => one.date - other.date)
      const names = rare.map(({ description }) => description)
      const query = match('type', 'fcpr')
      const found = async (over: Partial<LogSearch>) => {
        const { items, total } = await nodes.two.logs.search(tenant, search({ query, ...over }))
        return { names: items.map(({ description }) => description), total }
      }
      expect(await found({ order: 'oldest-first' })).toEqual({ names, total: 6 })
      expect(await found({})).toEqual({ names: names.toReversed(), total: 6 })
      const until: Query = {
        op: 'range',
        field: 'date',
        to: { text: new Date(rare[2]!.date).toISOString(), itself: 'counts' },
      }
      const both: Query = { op: 'and', of: [until, { op: 'and', of: [query] }] }
      expect(await found({ query: both, order: 'oldest-first' })).toEqual({ names: names.slice(0, 3), total: 3 })
    })

    test('a user has the entries that name them', async () => {
      await nodes.one.logs.append(tenant, [whole, aLogEntry(), { ...whole, userId: 'auth0|2' }])
      const { items, total } = await nodes.one.logs.search(tenant, search({ userId: 'auth0|1' }))
      expect(items.map(({ userId }) => userId)).toEqual(['auth0|1'])
      expect(total).toBe(1)
    })

    test('fields are found whole or by their beginning: ids as they are, names and texts without case', async () => {
      await nodes.one.logs.append(tenant, [
        { ...whole, description: 'one' },
        aLogEntry({ description: 'two', userName: 'bob@example.com', userId: 'auth0|10' }),
      ])
      expect(await described(match('user_id', 'auth0|1'))).toEqual(['one'])
      expect(await described(match('user_id', 'auth0|1', 'beginning'))).toEqual(['one', 'two'])
      expect(await described(match('user_id', 'AUTH0|1'))).toEqual([])
      expect(await described(match('user_name', 'ada@example.COM'))).toEqual(['one'])
      expect(await described(match('user_name', 'ADA', 'beginning'))).toEqual(['one'])
      expect(await described(match('user_agent', 'mozilla/5.0'))).toEqual(['one'])
      expect(await described({ op: 'exists', field: 'client_id' })).toEqual(['one'])
      for (const field of ['client_name', 'connection', 'connection_id', 'hostname', 'ip', 'organization_id']) {
        expect(await described({ op: 'exists', field }), field).toEqual(['one'])
      }
    })

    test('what is negated holds for entries without the field too', async () => {
      await nodes.one.logs.append(tenant, [{ ...whole, description: 'one' }, aLogEntry({ description: 'two' })])
      expect(await described({ op: 'not', of: match('client_id', 'client') })).toEqual(['two'])
      const both: Query = { op: 'and', of: [match('type', 'scp'), { op: 'not', of: match('ip', '198.51.100.1') }] }
      expect(await described(both)).toEqual(['one'])
    })

    test('dates are found by their range, ends counted or not', async () => {
      await nodes.one.logs.append(
        tenant,
        [0, 1, 2].map((index) => aLogEntry({ description: `${index}`, date: now + index })),
      )
      const at = (ms: number, itself: 'counts' | 'does-not') => ({ text: new Date(now + ms).toISOString(), itself })
      expect(await described({ op: 'range', field: 'date', from: at(1, 'counts') })).toEqual(['1', '2'])
      expect(await described({ op: 'range', field: 'date', from: at(1, 'does-not') })).toEqual(['2'])
      expect(await described({ op: 'range', field: 'date', from: at(0, 'does-not'), to: at(2, 'does-not') })).toEqual([
        '1',
      ])
    })

    test.each(awkwardTexts.filter((text) => text !== '' && !text.includes('\u0000')))(
      '%j is text and nothing else',
      async (text) => {
        await nodes.one.logs.append(tenant, [
          aLogEntry({ description: 'x', userName: text }),
          aLogEntry({ userName: 'y' }),
        ])
        expect(await described(match('user_name', text))).toEqual(['x'])
        expect(await described(match('user_name', text, 'beginning'))).toEqual(['x'])
        expect(await described(match('description', text))).toEqual([])
      },
    )
  })
