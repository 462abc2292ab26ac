import Fastify from 'fastify'
import { afterEach, expect, test } from 'vitest'
import type { ExecutionResultEntry, ExecutionStore } from '../../../../server/src/executions/execution.ts'
import { announced, createExecutionFeed } from '../../../../server/src/executions/execution-feed.ts'
import { liveExecutionRoutes } from '../../../../server/src/http/dev/executions.ts'

const feed = createExecutionFeed()
const written: string[] = []
const store: ExecutionStore = announced(
  {
    create: async () => {},
    append: async (_tenant, id) => void written.push(id),
    find: async () => undefined,
  },
  feed,
)

const entry: ExecutionResultEntry = {
  ...{ actionName: 'greet', actionId: 'a1', versionId: 'v1', handler: 'onExecutePostChallenge' },
  ...{ ending: 'completed', console: [{ level: 'log', text: 'hello' }], consoleTruncated: false, warnings: [] },
  ...{ startedAt: 0, wallMs: 2, cpuMs: 1, heapBytes: 3, egress: [] },
}

let close = async () => {}
afterEach(() => close())

const createSite = async () => {
  const app = Fastify()
  await app.register(liveExecutionRoutes({ feed }))
  close = () => app.close()
  return app
}

test('what is written is told to who listens, and a closing server ends it', async () => {
  const app = await createSite()
  const response = await fetch(`${await app.listen({ host: '127.0.0.1', port: 0 })}/dev/executions`)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  await store.append('acme', 'e1', { results: [entry], status: 'final', now: 0 })
  expect(written).toEqual(['e1'])
  const closed = close()
  const text = await response.text()
  await closed
  expect(JSON.parse(text.replace(/^data: /, ''))).toMatchObject({
    tenant: 'acme',
    id: 'e1',
    status: 'final',
    results: [{ action_name: 'greet', outcome: 'completed', console: [{ level: 'log', text: 'hello' }] }],
  })
})

test.each([
  ['from another machine', '10.0.0.7', 'localhost:3000'],
  ['under a name that a page has pointed here', '127.0.0.1', 'evil.example'],
])('a request %s finds nothing', async (_, remoteAddress, host) => {
  const app = await createSite()
  expect((await app.inject({ url: '/dev/executions', headers: { host }, remoteAddress })).statusCode).toBe(404)
})
