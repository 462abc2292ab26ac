/** The user has filled in the form an action showed. `vars` never left the server; they come back to the action with it. */
import { problem } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { Advance } from './advance.ts'
import type { OpenTransaction } from './open-transaction.ts'
import type { RequestFacts } from './request-facts.ts'

type Deps = { openTransaction: OpenTransaction; advance: Advance; clock: Clock }

interface Submission {
  tenant: Tenant
  browserSecret: string | undefined
  fields: Record<string, unknown>
  facts: RequestFacts
}
export type SubmitPrompt = (submission: Submission) => Promise<void>

export const submitPrompt =
  ({ openTransaction, advance, clock }: Deps): SubmitPrompt =>
  async ({ tenant, browserSecret, fields, facts }) => {
    const { transaction, subject } = await openTransaction(tenant, browserSecret)
    const { state } = transaction.journey
    if (state.name !== 'prompting') throw problem('ERR_STEP_NOT_OPEN')
    const { id, vars } = state.prompt
    await advance({
      subject,
      transaction,
      input: { type: 'prompt-submitted', now: clock.now() },
      arrival: { facts, prompt: { id, fields, ...(vars ? { vars } : {}) } },
    })
  }
