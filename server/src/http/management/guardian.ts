/** `/guardian`: the factors a tenant has switched on, and the link with which a user enrols one. */
import { z } from 'zod'
import type { Background } from '../../ports.ts'
import type { EditTenant } from '../../tenants/edit-tenant.ts'
import { effectiveLimits } from '../../tenants/limits.ts'
import { isLanguageTag } from '../../tenants/locales.ts'
import { type GuardianFactorName, guardianFactorNames, type Tenant } from '../../tenants/tenant.ts'
import type { MintTicket } from '../../tickets/mint-ticket.ts'
import type { User } from '../../users/user.ts'
import type { UserStore } from '../../users/user-store.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { badRequest } from '../wire-problem.ts'
import { unknownUser } from './users/unknown-user.ts'

export type GuardianDeps = {
  editTenant: EditTenant
  users: Pick<UserStore, 'find'>
  mintTicket: MintTicket
  sendEnrollmentMail: (
    tenant: Tenant,
    mail: { user: User; to: string; url: string; lifeSeconds: number; language?: string | undefined },
  ) => Promise<void>
  background: Background
}

const switchFactor = z.strictObject({ enabled: z.boolean() })
const factorList = z.array(
  z.object({ name: z.enum(guardianFactorNames), enabled: z.boolean(), trial_expired: z.boolean() }),
)
const byFactor = z.object({ name: z.enum(guardianFactorNames) })

const enrollmentTicket = z.strictObject({
  user_id: z.string().min(1).describe('Whose factor it will be'),
  email: z.email().max(254).optional().describe('Where the mail goes; the user’s own address if absent'),
  send_mail: z.boolean().default(false),
  email_locale: z
    .string()
    .max(35)
    .refine(isLanguageTag, 'must be a language tag, such as de or pt-BR')
    .optional()
    .describe('Language of the mail, which its template reads as request_language')
    .meta({ examples: ['de'] }),
  factor: z
    .enum(['otp', 'webauthn-roaming', 'webauthn-platform'])
    .optional()
    .describe('The only one that can be enrolled by it'),
  allow_multiple_enrollments: z.literal(true).optional().describe('Users may always enrol several'),
})

/** The same in the words of enrolments. */
const enrolledAs = {
  otp: 'totp',
  'webauthn-roaming': 'webauthn-roaming',
  'webauthn-platform': 'webauthn-platform',
} as const

const switched = (
  factors: readonly GuardianFactorName[],
  name: GuardianFactorName,
  to: 'on' | 'off',
): GuardianFactorName[] => {
  const others = factors.filter((factor) => factor !== name)
  return to === 'on' ? [...others, name] : others
}

const factorRoutes = (app: Api, { editTenant }: GuardianDeps) => {
  const listSchema = { summary: 'Which factors are switched on', response: { 200: factorList } }
  app.get(
    '/guardian/factors',
    { config: { scopes: ['read:guardian_factors'] }, schema: listSchema },
    async ({ tenant }) =>
      guardianFactorNames.map((name) => ({ name, enabled: tenant.factors.includes(name), trial_expired: false })),
  )

  const schema = {
    summary: 'Switches a factor on or off',
    params: byFactor,
    body: switchFactor,
    response: { 200: switchFactor },
  }
  const options = { config: { scopes: ['update:guardian_factors'] }, schema }
  app.put('/guardian/factors/:name', options, async ({ tenant, params, body }) => {
    const to = body.enabled ? 'on' : 'off'
    await editTenant(tenant.name, ({ factors }) => ({ factors: switched(factors, params.name, to) }))
    return { enabled: body.enabled }
  })
}

const ticketRoute = (app: Api, { users, mintTicket, sendEnrollmentMail, background }: GuardianDeps) => {
  const schema = {
    summary: 'A link with which a user enrols factors',
    description: "The user's next reset ends it.",
    body: enrollmentTicket,
    response: { 200: z.object({ ticket_id: z.string(), ticket_url: z.string() }) },
    refuses: [404],
  }
  const options = { config: { scopes: ['create:guardian_enrollment_tickets'] }, schema }
  app.post('/guardian/enrollments/ticket', options, async ({ tenant, body }) => {
    const user = await users.find(tenant.name, body.user_id)
    if (!user) throw unknownUser()
    const { factor } = body
    if (factor && !tenant.factors.includes(factor)) throw badRequest(`The factor ${factor} is not switched on.`)
    const to = body.email ?? user.email
    if (body.send_mail && to === undefined) throw badRequest('The user has no e-mail address to send the ticket to.')
    const lifeSeconds = effectiveLimits(tenant).linkMinutes * 60
    const { id, url } = await mintTicket({
      tenant,
      purpose: 'enroll',
      user,
      ...(factor && { enrolls: enrolledAs[factor] }),
      lifeMs: lifeSeconds * 1_000,
    })
    if (body.send_mail && to !== undefined) {
      const mail = { user, to, url, lifeSeconds, language: body.email_locale }
      background.run('send enrolment mail', () => sendEnrollmentMail(tenant, mail))
    }
    return { ticket_id: id, ticket_url: url }
  })
}

export const guardianRoutes = (deps: GuardianDeps) => async (app: Api) => {
  factorRoutes(app, deps)
  ticketRoute(app, deps)
}
