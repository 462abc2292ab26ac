/** The tenant's own API, `/api/v2`. Below the tenant plugin: everything here is looked for in the request's tenant only. */
import type { FastifyInstance } from 'fastify'
import type { AccessTokens } from '../../access/access-token.ts'
import type { TenantLog } from '../../logs/tenant-log.ts'
import { callLimit } from '../plugins/call-limit.ts'
import { callMemory } from '../plugins/call-memory.ts'
import { lenientJson } from '../plugins/lenient-json.ts'
import { managementAuth } from '../plugins/management-auth.ts'
import { wireErrors } from '../plugins/wire-errors.ts'
import { zodSchemas } from '../plugins/zod-schemas.ts'
import { type ActionDeps, actionRoutes } from './actions/actions.ts'
import { type BindingDeps, bindingRoutes } from './actions/bindings.ts'
import { type ExecutionDeps, executionRoutes } from './actions/executions.ts'
import { moduleRoutes } from './actions/modules.ts'
import { type TestRunDeps, testRunRoutes } from './actions/test-run.ts'
import { type VersionDeps, versionRoutes } from './actions/versions.ts'
import { type ClientGrantDeps, clientGrantRoutes } from './clients/client-grants.ts'
import { type ClientDeps, clientRoutes } from './clients/clients.ts'
import { type CredentialDeps, credentialRoutes } from './clients/credentials.ts'
import { connectionClientRoutes } from './connections/connection-clients.ts'
import { type ConnectionDeps, connectionRoutes } from './connections/connections.ts'
import { type EmailProviderDeps, emailProviderRoutes } from './email-provider.ts'
import { type EmailTemplateDeps, emailTemplateRoutes } from './email-templates.ts'
import { type GuardianDeps, guardianRoutes } from './guardian.ts'
import { type GuardianEnrollmentDeps, guardianEnrollmentRoutes } from './guardian-enrollments.ts'
import { type GuardianSettingDeps, guardianSettingRoutes } from './guardian-settings.ts'
import { type LogDeps, logRoutes } from './logs/logs.ts'
import { managementLog } from './management-log.ts'
import { emptyListRoutes } from './organizations/empty-lists.ts'
import { type MemberDeps, memberRoutes } from './organizations/members.ts'
import { type OrganizationDeps, organizationRoutes } from './organizations/organizations.ts'
import { resourceServerRoutes } from './resource-servers.ts'
import { type RoleUserDeps, roleUserRoutes } from './roles/role-users.ts'
import { type RoleDeps, roleRoutes } from './roles/roles.ts'
import { type UserRoleDeps, userRoleRoutes } from './roles/user-roles.ts'
import { type BrandingDeps, brandingRoutes } from './settings/branding.ts'
import { type PromptDeps, promptRoutes } from './settings/prompts.ts'
import { type SettingsDeps, tenantSettingsRoutes } from './settings/tenant-settings.ts'
import { type TicketDeps, ticketRoutes } from './tickets.ts'
import { type MethodDeps, methodRoutes } from './users/authentication-methods.ts'
import { type EnrollmentDeps, enrollmentRoutes } from './users/enrollments.ts'
import { type UserDeps, userRoutes } from './users/users.ts'

type ResourceDeps = ActionDeps &
  VersionDeps &
  BindingDeps &
  ExecutionDeps &
  ClientDeps &
  ClientGrantDeps &
  CredentialDeps &
  ConnectionDeps &
  GuardianDeps &
  GuardianEnrollmentDeps
type MailDeps = EmailTemplateDeps & EmailProviderDeps & GuardianSettingDeps
export type ManagementDeps = ResourceDeps &
  MailDeps &
  LogDeps &
  TestRunDeps &
  TicketDeps &
  MethodDeps &
  SettingsDeps &
  BrandingDeps &
  PromptDeps &
  OrganizationDeps &
  MemberDeps &
  RoleDeps &
  RoleUserDeps &
  UserRoleDeps &
  EnrollmentDeps &
  UserDeps & { accessTokens: Pick<AccessTokens, 'verify'>; tenantLog: TenantLog }

const api = (deps: ManagementDeps) => async (app: FastifyInstance) => {
  await app.register(wireErrors)
  await app.register(managementAuth, { accessTokens: deps.accessTokens })
  await app.register(callLimit, deps)
  await app.register(callMemory)
  await app.register(managementLog, deps)
  await app.register(lenientJson)
  await app.register(zodSchemas)

  await app.register(actionRoutes(deps))
  await app.register(versionRoutes(deps))
  await app.register(testRunRoutes(deps))
  await app.register(bindingRoutes(deps))
  await app.register(moduleRoutes())
  await app.register(executionRoutes(deps))
  await app.register(clientRoutes(deps))
  await app.register(credentialRoutes(deps))
  await app.register(clientGrantRoutes(deps))
  await app.register(connectionRoutes(deps))
  await app.register(connectionClientRoutes(deps))
  await app.register(userRoutes(deps))
  await app.register(methodRoutes(deps))
  await app.register(resourceServerRoutes())
  await app.register(organizationRoutes(deps))
  await app.register(emptyListRoutes(deps))
  await app.register(memberRoutes(deps))
  await app.register(roleRoutes(deps))
  await app.register(roleUserRoutes(deps))
  await app.register(userRoleRoutes(deps))
  await app.register(enrollmentRoutes(deps))
  await app.register(guardianRoutes(deps))
  await app.register(guardianEnrollmentRoutes(deps))
  await app.register(guardianSettingRoutes(deps))
  await app.register(emailTemplateRoutes(deps))
  await app.register(emailProviderRoutes(deps))
  await app.register(ticketRoutes(deps))
  await app.register(tenantSettingsRoutes(deps))
  await app.register(brandingRoutes(deps))
  await app.register(promptRoutes(deps))
  await app.register(logRoutes(deps))
}

export const managementRoutes = (deps: ManagementDeps) => async (app: FastifyInstance) => {
  await app.register(api(deps), { prefix: '/api/v2' })
}
