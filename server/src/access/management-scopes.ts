/** Every scope of the management API, for the one client that a new tenant starts with. */
const crud = (resource: string) => ['create', 'read', 'update', 'delete'].map((verb) => `${verb}:${resource}`)

export const managementScopes: readonly string[] = [
  ...['actions', 'users', 'authentication_methods', 'clients', 'roles'].flatMap(crud),
  ...['guardian_factors', 'mfa_policies', 'tenant_settings', 'branding', 'prompts'].flatMap((resource) => [
    `read:${resource}`,
    `update:${resource}`,
  ]),
  ...['create', 'read', 'update'].map((verb) => `${verb}:email_templates`),
  ...['email_provider', 'organizations', 'connections', 'client_grants', 'client_credentials'].flatMap(crud),
  ...['create', 'read', 'delete'].flatMap((verb) => [`${verb}:organization_members`, `${verb}:role_members`]),
  'update:client_keys',
  'create:user_tickets',
  'read:resource_servers',
  'read:logs',
  'read:logs_users',
  'create:guardian_enrollment_tickets',
  'read:guardian_enrollments',
  'delete:guardian_enrollments',
  'update:users_app_metadata',
]
