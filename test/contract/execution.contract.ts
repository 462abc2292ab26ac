import { describe, expect, test } from 'vitest'
import type { Execution, ExecutionResultEntry } from '../../server/src/executions/execution.ts'
import { now, type OpenEngine, otherTenant, race, type Stores, tenant, useEngine } from './engine.ts'

export const anExecution = (over: Partial<Execution> = {}): Execution => ({
  id: 'execution-1',
  trigger: 'password-reset-post-challenge',
  userId: 'auth0|1',
  status: 'pending',
  results: [],
  createdAt: now,
  updatedAt: now,
  ...over,
})

const aResult = (over: Partial<ExecutionResultEntry> = {}): ExecutionResultEntry => ({
  actionName: 'My action',
  actionId: 'action',
  versionId: 'version',
  handler: 'onExecutePostChallenge',
  ending: 'threw',
  error: { name: 'TypeError', message: 'x is not a function', stack: 'at action.js:3:5' },
  console: [{ level: 'log', text: '__proto__ ü🔑 \u0000' }],
  consoleTruncated: false,
  warnings: [],
  startedAt: now,
  wallMs: 1.25,
  cpuMs: 0.5,
  heapBytes: 1_000_000,
  egress: [],
  ...over,
})

export const executionContract = (open: OpenEngine<Stores>) =>
  describe('executions', () => {
    const nodes = useEngine(open)

    test('an execution comes back as it was created', async () => {
      const execution = anExecution({ results: [aResult(), aResult({ ending: 'completed' })] })
      await nodes.one.executions.create(tenant, execution)
      expect(await nodes.two.executions.find(tenant, execution.id)).toStrictEqual(execution)
    })

    test('results are added at the end, in their order', async () => {
      const names = ['a', 'b', 'c', 'd']
      const [first, ...rest] = names.map((actionName) => aResult({ actionName }))
      await nodes.one.executions.create(tenant, anExecution())
      await nodes.one.executions.append(tenant, 'execution-1', { results: [first!], status: 'suspended', now: now + 1 })
      await nodes.two.executions.append(tenant, 'execution-1', { results: rest, status: 'final', now: now + 2 })
      await nodes.two.executions.append(tenant, 'execution-1', { results: [], status: 'canceled', now: now + 3 })
      const stored = await nodes.one.executions.find(tenant, 'execution-1')
      expect(stored?.results.map(({ actionName }) => actionName)).toEqual(names)
      expect(stored).toMatchObject({ status: 'canceled', createdAt: now, updatedAt: now + 3 })
    })

    test('twenty that append at once lose nothing', async () => {
      await nodes.one.executions.create(tenant, anExecution())
      await race(nodes, ({ executions }, index) =>
        executions.append(tenant, 'execution-1', {
          results: [aResult({ actionName: `${index}-a` }), aResult({ actionName: `${index}-b` })],
          status: 'final',
          now,
        }),
      )
      const names = (await nodes.one.executions.find(tenant, 'execution-1'))?.results.map(
        ({ actionName }) => actionName,
      )
      expect(new Set(names).size).toBe(40)
    })

    test('a second tenant finds nothing and adds nothing', async () => {
      await nodes.one.executions.create(tenant, anExecution())
      expect(await nodes.one.executions.find(otherTenant, 'execution-1')).toBeUndefined()
      const addition = { results: [aResult()], status: 'final', now } as const
      await expect(nodes.one.executions.append(otherTenant, 'execution-1', addition)).rejects.toThrow('no execution')
      expect(await nodes.one.executions.find(tenant, 'execution-1')).toEqual(anExecution())
    })

    test('an unknown execution is not found and cannot be added to', async () => {
      expect(await nodes.one.executions.find(tenant, 'no-such')).toBeUndefined()
      const addition = { results: [], status: 'final', now } as const
      await expect(nodes.one.executions.append(tenant, 'no-such', addition)).rejects.toThrow('no execution')
    })
  })
