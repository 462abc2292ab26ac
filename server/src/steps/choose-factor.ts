/** The user asks for the picker, picks a factor in it, or wants the question put once more. */
import { problem } from '../errors.ts'
import type { Input } from '../flow/input.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { Advance } from './advance.ts'
import type { OpenTransaction } from './open-transaction.ts'
import type { RequestFacts } from './request-facts.ts'

type Deps = { openTransaction: OpenTransaction; advance: Advance }

interface Choice {
  tenant: Tenant
  browserSecret: string | undefined
  facts: RequestFacts
  /** A number is an index into the offered factors. */
  wish: number | 'picker' | 'again'
}
export type ChooseFactor = (choice: Choice) => Promise<void>

const toInput = (wish: Choice['wish']): Input => {
  if (wish === 'picker') return { type: 'picker-asked' }
  if (wish === 'again') return { type: 'question-asked-again' }
  return { type: 'factor-chosen', choice: wish }
}

export const chooseFactor =
  ({ openTransaction, advance }: Deps): ChooseFactor =>
  async ({ tenant, browserSecret, facts, wish }) => {
    const { transaction, subject } = await openTransaction(tenant, browserSecret)
    const { state } = transaction.journey
    if (state.name !== 'challenging') throw problem('ERR_STEP_NOT_OPEN')
    if (typeof wish === 'number' && !state.offered[wish]) throw problem('ERR_REQUEST_INVALID')
    await advance({ subject, transaction, input: toInput(wish), arrival: { facts } })
  }
