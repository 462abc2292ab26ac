import type { Tenant } from '../../tenants/tenant.ts'

/** A tenant as the operator API shows it. */
export const toTenantAnswer = ({ name, domain, scheme, settings, createdAt }: Tenant) => ({
  name,
  domain,
  scheme,
  mail_templates: 'own-server' as const,
  ...settings,
  created_at: new Date(createdAt).toISOString(),
})
