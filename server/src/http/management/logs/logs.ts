/**
 * `/logs`: what happened in the tenant.
 *
 * - searched, newest first, up to 1,000 entries; or read on from an id, which misses none
 * - an entry is there a moment after what it tells of: reading waits for those of this server
 */
import type { LogStore } from '../../../logs/log-store.ts'
import type { TenantLog } from '../../../logs/tenant-log.ts'
import { originOf, type Tenant } from '../../../tenants/tenant.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { notFound } from '../../wire-problem.ts'
import { selectFields, toPage } from '../paging.ts'
import { inTime } from '../search-query.ts'
import { byLog, byUser, type ListLogs, listLogs, logEntry, logList, logsOfUser, type ShownEntry } from './log-schema.ts'
import { type StreamDeps, streamRoute } from './log-stream.ts'
import { toLogAnswer } from './to-log.ts'
import { toQuery } from './to-search.ts'

export type LogDeps = StreamDeps & { logs: Omit<LogStore, 'append'>; tenantLog: Pick<TenantLog, 'flush'> }

const config = { scopes: ['read:logs', 'read:logs_users'] }

const orderOf = (sort: string) => (sort.endsWith(':-1') ? ('newest-first' as const) : ('oldest-first' as const))

const isCheckpoint = ({ from, take }: ListLogs): boolean => from !== undefined || take !== undefined

const defaultTake = 50

/** The same address again when nothing came after: there will be more. */
const nextLink = (tenant: Tenant, from: string | undefined, take: number): string => {
  const query = new URLSearchParams({ ...(from !== undefined && { from }), take: String(take) })
  return `<${originOf(tenant)}/api/v2/logs?${query}>; rel="next"`
}

type Shown = Pick<ListLogs, 'page' | 'per_page' | 'include_totals' | 'sort'>

const searchRoutes = (app: Api, { logs, tenantLog }: LogDeps) => {
  const search = async (
    tenant: Tenant,
    query: Shown,
    wanted: Pick<Parameters<LogStore['search']>[1], 'query' | 'userId'>,
  ) => {
    await tenantLog.flush()
    const { offset, limit } = toPage(query)
    const found = logs.search(tenant.name, { ...wanted, order: orderOf(query.sort), offset, limit })
    return { ...(await inTime(found)), offset, limit }
  }
  const toList = (
    items: ShownEntry[],
    { include_totals }: Shown,
    page: { offset: number; limit: number; total: number },
  ) =>
    include_totals
      ? { start: page.offset, limit: page.limit, length: items.length, total: page.total, logs: items }
      : items

  const searchSchema = {
    summary: 'What happened',
    description: 'Searched, newest first; or read on from an id with from and take, which answers an array and a Link.',
    querystring: listLogs,
    response: { 200: logList },
    refuses: [503],
  }
  app.get('/logs', { config, schema: searchSchema }, async ({ tenant, query }, reply) => {
    if (isCheckpoint(query)) {
      await tenantLog.flush()
      const { from, take = defaultTake } = query
      const items = await logs.after(tenant.name, from, take)
      reply.header('link', nextLink(tenant, items.at(-1)?.id ?? from, take))
      return items.map(toLogAnswer)
    }
    const wanted = toQuery(query)
    const found = await search(tenant, query, wanted ? { query: wanted } : {})
    return toList(
      found.items.map((entry) => selectFields(toLogAnswer(entry), query)),
      query,
      found,
    )
  })

  const userSchema = {
    summary: 'What happened to one user',
    params: byUser,
    querystring: logsOfUser,
    response: { 200: logList },
  }
  const ofUser = { config, schema: userSchema }
  app.get('/users/:id/logs', ofUser, async ({ tenant, params, query }) => {
    const found = await search(tenant, query, { userId: params.id })
    return toList(found.items.map(toLogAnswer), query, found)
  })
}

const oneRoute = (app: Api, { logs, tenantLog }: LogDeps) => {
  const schema = { summary: 'One entry of the log', params: byLog, response: { 200: logEntry } }
  app.get('/logs/:id', { config, schema }, async ({ tenant, params }) => {
    await tenantLog.flush()
    const entry = await logs.find(tenant.name, params.id)
    if (!entry) throw notFound('The log entry does not exist.', 'inexistent_log')
    return toLogAnswer(entry)
  })
}

export const logRoutes = (deps: LogDeps) => async (app: Api) => {
  searchRoutes(app, deps)
  oneRoute(app, deps)
  await app.register(streamRoute(deps))
}
