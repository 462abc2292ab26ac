import type { LogFacts } from '../logs/log-entry.ts'
import type { TenantLog } from '../logs/tenant-log.ts'

/** Rejects as `sending` does, and tells the tenant's log of it. `title` says what the mail was. */
export const tellWhenLost = async (
  { tenantLog }: { tenantLog: Pick<TenantLog, 'record'> },
  tenant: string,
  { sending, title, facts }: { sending: Promise<void>; title: string; facts: LogFacts },
): Promise<void> => {
  try {
    await sending
  } catch (error) {
    tenantLog.record(tenant, { ...facts, type: 'fn', details: { title } })
    throw error
  }
}
