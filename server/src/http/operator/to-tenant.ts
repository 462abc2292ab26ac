import { mailTemplatesOf, type Tenant } from '../../tenants/tenant.ts'

/** A tenant as the operator API shows it. */
export const toTenantAnswer = (tenant: Tenant) => {
  const { name, domain, scheme, settings, createdAt } = tenant
  return {
    name,
    domain,
    scheme,
    ...settings,
    mail_templates: mailTemplatesOf(tenant),
    created_at: new Date(createdAt).toISOString(),
  }
}
