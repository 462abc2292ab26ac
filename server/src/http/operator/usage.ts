/** What the sandbox of this server is doing: all in all, and for one tenant. A server knows of no other server's. */
import type { ProcessUsage, Runtime } from '@interlock/runtime'
import { z } from 'zod'
import type { TenantStore } from '../../tenants/tenant-store.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { byName } from './tenant-schema.ts'
import { unknownTenant } from './tenants.ts'

export type UsageDeps = { tenants: Pick<TenantStore, 'find'>; runtime: Pick<Runtime, 'usage'> }

const usage = {
  processes: z.int(),
  processes_leaving: z.int(),
  runs_under_way: z.int(),
  runs_waiting: z.int(),
  memory_bytes: z.int(),
}
const nodes = z.object({
  nodes: z.array(z.object({ ...usage, processes_evicted: z.int(), memory_limit_bytes: z.int() })),
})

const sum = (figures: Iterable<number>): number => [...figures].reduce((total, figure) => total + figure, 0)

const toAnswer = (processes: readonly ProcessUsage[], runsWaiting: number) => ({
  processes: processes.length,
  processes_leaving: processes.filter(({ state }) => state === 'leaving').length,
  runs_under_way: sum(processes.map(({ runs }) => runs)),
  runs_waiting: runsWaiting,
})

export const usageRoutes =
  ({ tenants, runtime }: UsageDeps) =>
  async (app: Api) => {
    const nodesSchema = { summary: 'What the sandbox of this server is doing', response: { 200: nodes } }
    app.get('/nodes', { schema: nodesSchema }, async () => {
      const { processes, waiting, evicted, memoryBytes, memoryLimitBytes } = runtime.usage()
      const node = {
        ...toAnswer(processes, sum(waiting.values())),
        processes_evicted: evicted,
        memory_bytes: memoryBytes,
        memory_limit_bytes: memoryLimitBytes,
      }
      return { nodes: [node] }
    })

    const usageSchema = {
      summary: 'What a tenant uses of this server',
      params: byName,
      response: { 200: z.object(usage) },
    }
    app.get('/tenants/:name/usage', { schema: usageSchema }, async ({ params }) => {
      const tenant = await tenants.find(params.name)
      if (!tenant) throw unknownTenant()
      const { processes, waiting } = runtime.usage()
      const own = processes.filter((process) => process.tenant === tenant.name)
      return {
        ...toAnswer(own, waiting.get(tenant.name) ?? 0),
        memory_bytes: sum(own.map(({ memoryBytes }) => memoryBytes)),
      }
    })
  }
