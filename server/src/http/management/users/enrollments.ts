/** `/users/{id}/enrollments`, the vendor's older view of the same factors, and new recovery codes. */
import { z } from 'zod'
import { formatRecoveryCode, hashRecoveryCode, mintRecoveryCode } from '../../../factors/recovery-secret.ts'
import type { Clock, Random } from '../../../ports.ts'
import { effectiveLimits } from '../../../tenants/limits.ts'
import type { Enrollment, EnrollmentStore, EnrollmentType } from '../../../users/enrollment.ts'
import type { UserStore } from '../../../users/user-store.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { overLimit } from '../over-limit.ts'
import { toTimestamp } from '../timestamp.ts'
import { byUser } from './method-schema.ts'
import { requireUser } from './require-user.ts'
import { newMethodId } from './to-enrollment.ts'

export type EnrollmentDeps = {
  users: Pick<UserStore, 'find'>
  enrollments: Pick<EnrollmentStore, 'list' | 'replace'>
  random: Random
  clock: Clock
}

const authMethods = ['authenticator', 'guardian', 'sms', 'webauthn-platform', 'webauthn-roaming'] as const

export const enrollmentAnswer = z
  .object({
    id: z.string(),
    status: z.enum(['pending', 'confirmed']),
    type: z.string(),
    name: z.string().optional(),
    phone_number: z.string().optional(),
    auth_method: z.enum(authMethods).optional(),
    enrolled_at: z.string(),
    last_auth: z.string().optional(),
  })
  .meta({ id: 'Enrollment' })

/** The vendor has no word for a mail address, and lists neither recovery codes nor passkeys. */
const authMethodOf: Record<EnrollmentType, (typeof authMethods)[number] | 'no-word' | 'not-listed'> = {
  totp: 'authenticator',
  phone: 'sms',
  email: 'no-word',
  'webauthn-roaming': 'webauthn-roaming',
  'webauthn-platform': 'webauthn-platform',
  'recovery-code': 'not-listed',
  passkey: 'not-listed',
}

/** `undefined` for what the vendor does not list. */
export const toEnrollmentAnswer = (enrollment: Enrollment): z.input<typeof enrollmentAnswer> | undefined => {
  const { id, type, name, createdAt, lastAuthAt } = enrollment
  const method = authMethodOf[type]
  if (method === 'not-listed') return undefined
  return {
    id,
    status: 'confirmed' as const,
    type,
    name,
    phone_number: enrollment.type === 'phone' ? enrollment.phoneNumber : undefined,
    auth_method: method === 'no-word' ? undefined : method,
    enrolled_at: toTimestamp(createdAt),
    last_auth: lastAuthAt === undefined ? undefined : toTimestamp(lastAuthAt),
  }
}

/** The only way to a recovery code through the API. Earlier codes of the user stop working. */
const recoveryRoute = (app: Api, deps: EnrollmentDeps) => {
  const { enrollments, random, clock } = deps
  const response = { 200: z.object({ recovery_code: z.string().describe('Shown this once') }) }
  const schema = { summary: 'A new recovery code in place of the user’s earlier one', params: byUser, response }
  const options = { config: { scopes: ['update:users'] }, schema }

  app.post('/users/:id/recovery-code-regeneration', options, async ({ tenant, params }) => {
    const { id: userId } = await requireUser(deps, tenant, params.id)
    const code = mintRecoveryCode(random)
    const [id, codeHash] = [newMethodId(random, 'recovery-code'), hashRecoveryCode(code)]
    const enrollment: Enrollment = { id, userId, createdAt: clock.now(), type: 'recovery-code', codeHash }
    const most = effectiveLimits(tenant).factorsPerUser
    const replaced = await enrollments.replace(tenant.name, userId, { of: 'recovery-code', by: [enrollment], most })
    if (replaced === 'too-many') throw overLimit(tenant, 'factorsPerUser')
    return { recovery_code: formatRecoveryCode(code) }
  })
}

export const enrollmentRoutes = (deps: EnrollmentDeps) => async (app: Api) => {
  const response = { 200: z.array(enrollmentAnswer) }
  const schema = { summary: 'The user’s enrolments', params: byUser, response }
  app.get('/users/:id/enrollments', { config: { scopes: ['read:users'] }, schema }, async ({ tenant, params }) => {
    const user = await requireUser(deps, tenant, params.id)
    const all = await deps.enrollments.list(tenant.name, user.id)
    return all.map(toEnrollmentAnswer).filter((answer) => answer !== undefined)
  })
  recoveryRoute(app, deps)
}
