/** The mails and messages of the server, in the words of the tenant where it has chosen some. */
import type { Runtime } from '@interlock/runtime'
import type { Adapters } from './adapters.ts'
import { brandedFor } from './branding/organization-brand.ts'
import type { ResetOrigin } from './branding/reset-origin.ts'
import type { CodeFacts } from './factors/sent-code.ts'
import { composeCodeMail } from './mail/code-mail.ts'
import { composeEnrollmentMail } from './mail/enrollment-mail.ts'
import { composeFactorAddedMail } from './mail/factor-added-mail.ts'
import { composePasswordChangedMail } from './mail/password-changed-mail.ts'
import type { RenderInTurn } from './mail/render-in-turn.ts'
import { describeResetLink } from './mail/reset-link.ts'
import { composeResetMail } from './mail/reset-mail.ts'
import { writeMail } from './mail/write-mail.ts'
import { writeCodeMessage } from './phone/write-code-message.ts'
import { showLife } from './show-life.ts'
import type { Tenant } from './tenants/tenant.ts'
import type { User } from './users/user.ts'

interface ResetFacts {
  /** Absent where nobody has the address. */
  user: (User & { email: string }) | undefined
  url: string
  lifeSeconds: number
  origin: ResetOrigin
}

interface EnrollmentFacts {
  user: User
  to: string
  url: string
  lifeSeconds: number
  language?: string | undefined
}

export const composeMail = (adapters: Adapters, runtime: Pick<Runtime, 'render'>) => {
  const { mailer, renderTurns } = adapters
  const renderInTurn: RenderInTurn = (tenant, request) => renderTurns(tenant, () => runtime.render(request))
  const deps = { ...adapters, renderInTurn }
  const write = writeMail(deps)
  const seenFrom = async (tenant: Tenant, { organizationId }: ResetOrigin): Promise<Tenant> =>
    organizationId === undefined
      ? tenant
      : brandedFor(tenant, await adapters.organizations.find(tenant.name, organizationId))
  return {
    renderInTurn,
    describeResetLink: describeResetLink(deps),
    composeCodeMessage: writeCodeMessage(deps),

    sendResetMail: async (tenant: Tenant, { user, url, lifeSeconds, origin }: ResetFacts) => {
      const seen = await seenFrom(tenant, origin)
      const builtIn = composeResetMail(seen, user?.email ?? 'nobody@localhost', { url, lifeSeconds })
      const own = { url, life: showLife(lifeSeconds) }
      const mail = await write(tenant, { template: 'reset_email', user, origin, own, builtIn })
      if (user) await mailer.send(tenant.name, mail)
    },

    sendCodeMail: async ({ tenant, user, to, code, lifeSeconds, origin = {} }: CodeFacts) => {
      const builtIn = composeCodeMail({ tenant: await seenFrom(tenant, origin), to, code, lifeSeconds })
      const own = { code, life: showLife(lifeSeconds) }
      await mailer.send(tenant.name, await write(tenant, { template: 'mfa_oob_code', user, origin, own, builtIn }))
    },

    sendEnrollmentMail: async (tenant: Tenant, { user, to, url, lifeSeconds, language }: EnrollmentFacts) => {
      const builtIn = composeEnrollmentMail(tenant, to, { url, lifeSeconds })
      const own = { url, link: url, life: showLife(lifeSeconds) }
      const origin = language === undefined ? {} : { language }
      await mailer.send(tenant.name, await write(tenant, { template: 'enrollment_email', user, origin, own, builtIn }))
    },

    sendFactorAdded: async (tenant: Tenant, { email }: User) => {
      if (email) await mailer.send(tenant.name, composeFactorAddedMail(tenant, email))
    },

    sendPasswordChanged: async (tenant: Tenant, { email }: User, origin: ResetOrigin) => {
      if (email) await mailer.send(tenant.name, composePasswordChangedMail(await seenFrom(tenant, origin), email))
    },
  }
}
export type Mails = ReturnType<typeof composeMail>
