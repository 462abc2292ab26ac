/** What the management API needs beyond the stores: builds, deployments and mails. */
import type { Runtime } from '@interlock/runtime'
import { deployDraft } from './actions/deploy-draft.ts'
import { createDraftBuilder } from './actions/draft-builder.ts'
import { testDraft } from './actions/test-draft.ts'
import type { Adapters } from './adapters.ts'
import { composeEnrollmentMail, type EnrollmentMail } from './mail/enrollment-mail.ts'
import type { Tenant } from './tenants/tenant.ts'

export const composeManagement = (adapters: Adapters, runtime: Pick<Runtime, 'build' | 'execute'>) => {
  const builder = createDraftBuilder({ ...adapters, runtime })
  return {
    builder,
    deployDraft: deployDraft({ ...adapters, builder }),
    testDraft: testDraft({ ...adapters, builder, runtime }),
    sendEnrollmentMail: (tenant: Tenant, to: string, mail: EnrollmentMail): Promise<void> =>
      adapters.mailer.send(tenant.name, composeEnrollmentMail(tenant, to, mail)),
  }
}
export type Management = ReturnType<typeof composeManagement>
