import { describe, expect, test } from 'vitest'
import type { FlowState } from '../../server/src/flow/state.ts'
import type { Transaction } from '../../server/src/transactions/transaction.ts'
import { minute, now, type OpenEngine, otherTenant, race, type ShortLivedStores, tenant, useEngine } from './engine.ts'

export const aTransaction = (over: Partial<Transaction> = {}): Transaction => ({
  id: 'transaction-1',
  purpose: 'password-reset',
  userId: 'auth0|1',
  account: { email: 'anna@example.com', createdAt: now - 9, passwordChangedAt: now - 8 },
  connection: 'Username-Password-Authentication',
  clientId: 'client',
  uiLocales: ['en'],
  ticketHash: 'hash',
  includesEmailInRedirect: true,
  marksEmailVerified: false,
  pinned: [{ bindingId: 'b', actionId: 'a', versionId: 'v', name: 'My action' }],
  executionId: 'execution',
  journey: { state: { name: 'confirming' }, passed: [] },
  revision: 0,
  createdAt: now,
  expiresAt: now + minute,
  ...over,
})

const withState = (state: FlowState): Transaction => aTransaction({ journey: { state, passed: [] } })

const next = { action: 0, handler: 'onContinuePostChallenge' } as const
/** Parsed, because a literal would set the prototype. */
const hostileJson = JSON.parse(
  '{"__proto__":{"admin":true},"constructor":"x","nested":[{"__proto__":1},null,1.5,"ключ 🔑 \\u0000"]}',
) as Record<string, unknown>
const webauthn = { type: 'webauthn-roaming', options: { otpFallback: true } } as const

const states: FlowState[] = [
  { name: 'confirming' },
  { name: 'running', position: { action: 3, handler: 'onExecutePostChallenge' }, since: now },
  {
    name: 'challenging',
    offered: [{ type: 'otp' }, webauthn, { type: 'phone', options: { preferredMethod: 'both' } }],
    progress: { stage: 'asking', factor: webauthn, begun: hostileJson },
    rest: [
      { type: 'challenge', open: 'any', factors: [{ type: 'recovery-code' }] },
      { type: 'redirect', url: 'https://example.com/?a=ü' },
      { type: 'prompt', id: 'form', fields: hostileJson, vars: {} },
    ],
    next: 'new-password',
  },
  { name: 'challenging', offered: [{ type: 'email' }], progress: { stage: 'picking' }, rest: [], next },
  {
    name: 'challenging',
    offered: [{ type: 'email' }],
    progress: { stage: 'beginning', factor: { type: 'email' } },
    rest: [],
    next,
  },
  {
    name: 'challenging',
    offered: [webauthn, { type: 'email' }],
    progress: { stage: 'beginning', factor: { type: 'email' }, earlier: { factor: webauthn, begun: hostileJson } },
    rest: [],
    next,
  },
  { name: 'redirecting', url: 'https://example.com/', next },
  { name: 'redirecting', url: 'https://example.com/', stateHash: 'hash', posted: hostileJson, next },
  { name: 'prompting', prompt: { id: 'form', fields: hostileJson, vars: hostileJson }, next },
  { name: 'choosing-password' },
  { name: 'completed' },
  { name: 'denied', reason: 'Not today. 🔑' },
  { name: 'failed', because: 'run-lost' },
  { name: 'expired' },
]

export const transactionContract = (open: OpenEngine<Pick<ShortLivedStores, 'transactions'>>) =>
  describe('transactions', () => {
    const nodes = useEngine(open)

    test.each(states)('a transaction that is $name comes back as it was stored', async (state) => {
      const transaction = withState(state)
      await nodes.one.transactions.create(tenant, transaction)
      const loaded = await nodes.two.transactions.load(tenant, transaction.id, now)
      expect(loaded).toEqual(transaction)
      expect(JSON.stringify(loaded?.journey)).toBe(JSON.stringify(transaction.journey))
    })

    test('large values come back whole', async () => {
      const posted = { form: 'ü🔑'.repeat(100_000) }
      const transaction = withState({ name: 'redirecting', url: 'https://example.com/', posted, next })
      await nodes.one.transactions.create(tenant, transaction)
      expect(await nodes.one.transactions.load(tenant, transaction.id, now)).toEqual(transaction)
    })

    test('what may be absent stays absent', async () => {
      const { executionId: _, ...transaction } = aTransaction()
      await nodes.one.transactions.create(tenant, transaction)
      expect(await nodes.one.transactions.load(tenant, transaction.id, now)).toStrictEqual(transaction)
    })

    test('a second tenant neither loads nor saves it', async () => {
      const transaction = aTransaction()
      await nodes.one.transactions.create(tenant, transaction)
      expect(await nodes.one.transactions.load(otherTenant, transaction.id, now)).toBeUndefined()
      expect(await nodes.one.transactions.save(otherTenant, transaction)).toBe('conflict')
      expect(await nodes.one.transactions.load(tenant, transaction.id, now)).toEqual(transaction)
    })

    test('a second tenant may use the same id', async () => {
      const [own, foreign] = [aTransaction(), aTransaction({ userId: 'auth0|2' })]
      await nodes.one.transactions.create(tenant, own)
      expect(await nodes.one.transactions.create(otherTenant, foreign)).toEqual(foreign)
      expect(await nodes.one.transactions.load(tenant, own.id, now)).toEqual(own)
    })

    test('an unknown one is not loaded, and saving it makes none', async () => {
      expect(await nodes.one.transactions.load(tenant, 'no-such', now)).toBeUndefined()
      expect(await nodes.one.transactions.save(tenant, aTransaction())).toBe('conflict')
      expect(await nodes.one.transactions.load(tenant, 'transaction-1', now)).toBeUndefined()
    })

    test('a save gives the next revision, and the earlier one is of no more use', async () => {
      const created = await nodes.one.transactions.create(tenant, aTransaction())
      const saved = await nodes.one.transactions.save(tenant, { ...created, clientId: 'changed' })
      expect(saved).toEqual({ ...created, clientId: 'changed', revision: 1 })
      expect(await nodes.two.transactions.save(tenant, created)).toBe('conflict')
      expect(await nodes.two.transactions.load(tenant, created.id, now)).toEqual(saved)
    })

    test('of twenty saves at once exactly one wins', async () => {
      const created = await nodes.one.transactions.create(tenant, aTransaction())
      const saves = await race(nodes, ({ transactions }, index) =>
        transactions.save(tenant, { ...created, clientId: `client-${index}` }),
      )
      const winners = saves.filter((saved) => saved !== 'conflict')
      expect(winners).toHaveLength(1)
      expect(await nodes.one.transactions.load(tenant, created.id, now)).toEqual(winners[0])
    })

    test('creating it again answers what is stored, as it is by now', async () => {
      const created = await nodes.one.transactions.create(tenant, aTransaction())
      const saved = await nodes.one.transactions.save(tenant, created)
      expect(await nodes.two.transactions.create(tenant, aTransaction({ userId: 'auth0|2' }))).toEqual(saved)
    })

    test('twenty that create it at once all get the same one', async () => {
      const created = await race(nodes, ({ transactions }, index) =>
        transactions.create(tenant, aTransaction({ clientId: `client-${index}` })),
      )
      expect(new Set(created.map(({ clientId }) => clientId)).size).toBe(1)
    })

    test('it ends with its last millisecond, and a save can put that off', async () => {
      const created = await nodes.one.transactions.create(tenant, aTransaction())
      expect(await nodes.one.transactions.load(tenant, created.id, created.expiresAt - 1)).toBeDefined()
      expect(await nodes.one.transactions.load(tenant, created.id, created.expiresAt)).toBeUndefined()
      await nodes.one.transactions.save(tenant, { ...created, expiresAt: created.expiresAt + minute })
      expect(await nodes.one.transactions.load(tenant, created.id, created.expiresAt)).toBeDefined()
    })

    test('the versions of all that have not expired are pinned, and of no other tenant', async () => {
      const pinning = (...versions: string[]) =>
        versions.map((versionId) => ({ bindingId: 'b', actionId: 'a', versionId, name: 'My action' }))
      const { transactions } = nodes.one
      await transactions.create(tenant, aTransaction({ id: '1', pinned: pinning('a', 'b') }))
      await nodes.two.transactions.create(tenant, aTransaction({ id: '2', pinned: pinning('b', '__proto__') }))
      await transactions.create(tenant, aTransaction({ id: '3', pinned: [] }))
      await transactions.create(otherTenant, aTransaction({ id: '4', pinned: pinning('theirs') }))
      expect(await transactions.pinnedVersions(tenant, now)).toEqual(new Set(['a', 'b', '__proto__']))
      expect(await transactions.pinnedVersions(tenant, now + minute)).toEqual(new Set())
      expect(await transactions.pinnedVersions(otherTenant, now)).toEqual(new Set(['theirs']))
    })

    test('a version is pinned until the last of its transactions expires, as far as that was put off', async () => {
      const { transactions } = nodes.one
      const first = await transactions.create(tenant, aTransaction({ id: '1', expiresAt: now + 2 * minute }))
      await transactions.create(tenant, aTransaction({ id: '2', expiresAt: now + minute }))
      expect(await nodes.two.transactions.pinnedVersions(tenant, now + minute)).toEqual(new Set(['v']))
      await transactions.save(tenant, { ...first, expiresAt: now + 3 * minute })
      expect(await nodes.two.transactions.pinnedVersions(tenant, now + 2 * minute)).toEqual(new Set(['v']))
      expect(await nodes.two.transactions.pinnedVersions(tenant, now + 3 * minute)).toEqual(new Set())
    })

    test('an expired one does not stand in the way of a new one', async () => {
      await nodes.one.transactions.create(tenant, aTransaction())
      const later = aTransaction({ userId: 'auth0|2', createdAt: now + minute, expiresAt: now + 2 * minute })
      expect(await nodes.one.transactions.create(tenant, later)).toEqual(later)
      expect(await nodes.one.transactions.load(tenant, later.id, now + minute)).toEqual(later)
    })
  })
