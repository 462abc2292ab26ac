import type { TenantLog } from '../logs/tenant-log.ts'
import type { Tenant } from '../tenants/tenant.ts'

interface Failure {
  template: string
  /** Where in the template. */
  part?: string | undefined
  message: string
  /** Links and codes of the mail, which must not reach the log. */
  own: Readonly<Record<string, string | number>>
}

/** Tells the tenant that its template could not be used, and why. */
export const tellOfTemplate = (
  { tenantLog }: { tenantLog: Pick<TenantLog, 'record'> },
  tenant: Tenant,
  { template, part, message, own }: Failure,
): void => {
  const error = Object.values(own).reduce<string>((text, value) => text.replaceAll(String(value), '…'), message)
  tenantLog.record(tenant.name, {
    type: 'fn',
    description: 'A template could not be rendered: the server’s own text was sent',
    details: { template, error: part === undefined ? error : `${part}: ${error}` },
  })
}
