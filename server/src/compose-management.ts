/** What the management API needs beyond the stores: builds, deployments and mails. */
import type { Runtime } from '@interlock/runtime'
import { deployDraft } from './actions/deploy-draft.ts'
import { createDraftBuilder } from './actions/draft-builder.ts'
import { testDraft } from './actions/test-draft.ts'
import type { Adapters } from './adapters.ts'
import { composeMail } from './compose-mail.ts'

export const composeManagement = (adapters: Adapters, runtime: Pick<Runtime, 'build' | 'execute' | 'render'>) => {
  const builder = createDraftBuilder({ ...adapters, runtime })
  const { sendEnrollmentMail, renderInTurn } = composeMail(adapters, runtime)
  return {
    builder,
    deployDraft: deployDraft({ ...adapters, builder }),
    testDraft: testDraft({ ...adapters, builder, runtime }),
    sendEnrollmentMail,
    renderInTurn,
  }
}
export type Management = ReturnType<typeof composeManagement>
