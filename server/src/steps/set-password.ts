/**
 * The user chooses the new password: the end of the journey.
 *
 * - only in the state for it, which no unfinished action leads to
 * - the password is set by one conditional write: of two resets that race only one ends, and none does whose user was
 *   blocked or got another address in between; every other link and reset of this user is dead from then on
 * - nobody is logged in by it, and the user is told by mail
 */
import { type ResetOrigin, resetOriginOf } from '../branding/reset-origin.ts'
import { problem } from '../errors.ts'
import type { TenantLog } from '../logs/tenant-log.ts'
import type { Background, Clock } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { CompleteReset } from '../transactions/complete-reset.ts'
import { hashInTurn } from '../users/hash-in-turn.ts'
import { checkPassword, type PasswordProblem } from '../users/password-policy.ts'
import type { User } from '../users/user.ts'
import type { Advance } from './advance.ts'
import { executionsOf, journeyFacts } from './journey-log.ts'
import { tellWhenLost } from './lost-mail.ts'
import type { Opened, OpenTransaction } from './open-transaction.ts'
import type { RequestFacts } from './request-facts.ts'
import type { Shown } from './view.ts'

type Deps = {
  openTransaction: OpenTransaction
  advance: Advance
  completeReset: CompleteReset
  tenantLog: Pick<TenantLog, 'complete' | 'record' | 'stored'>
  sendPasswordChanged: (tenant: Tenant, user: User, origin: ResetOrigin) => Promise<void>
  background: Background
  clock: Clock
}

interface Choice {
  tenant: Tenant
  browserSecret: string | undefined
  password: string
  confirmation: string
  facts: RequestFacts
}
export type PasswordSet = { result: 'set' } | ({ result: 'refused' } & Shown)
export type SetPassword = (choice: Choice) => Promise<PasswordSet>

type Move = Opened & { facts: RequestFacts }

const complete = async (deps: Deps, move: Move, password: string): Promise<void> => {
  const { transaction, subject } = move
  const { tenant, user } = subject
  const passwordHash = await hashInTurn(tenant.name, password)
  const { id: by, account, marksEmailVerified } = transaction
  const reset = { passwordHash, account, by, marksEmailVerified, now: deps.clock.now() }
  const details = { ...(user.email !== undefined && { email: user.email }), ...executionsOf(transaction) }
  const entry = await deps.tenantLog.complete(tenant.name, { ...journeyFacts(move), type: 'scp', details })
  if ((await deps.completeReset(tenant.name, user.id, { reset, entry })) === 'superseded') {
    throw problem('ERR_STEP_NOT_OPEN')
  }
  deps.tenantLog.stored(tenant.name)
  deps.background.run('send password-changed mail', () => {
    const sending = deps.sendPasswordChanged(tenant, user, resetOriginOf(transaction))
    return tellWhenLost(deps, tenant.name, { sending, title: 'Your password was changed', facts: journeyFacts(move) })
  })
}

const tellRefused = ({ tenantLog }: Deps, move: Move, reason: PasswordProblem | 'mismatch'): void =>
  tenantLog.record(move.subject.tenant.name, {
    ...journeyFacts(move),
    type: 'fcp',
    description: 'The password was refused',
    details: { reason, ...executionsOf(move.transaction) },
  })

export const setPassword =
  (deps: Deps): SetPassword =>
  async ({ tenant, browserSecret, password, confirmation, facts }) => {
    const opened = await deps.openTransaction(tenant, browserSecret)
    const { transaction, subject } = opened
    if (transaction.journey.state.name !== 'choosing-password') throw problem('ERR_STEP_NOT_OPEN')
    const because = password === confirmation ? checkPassword(password, subject.user) : 'mismatch'
    const move = { ...opened, facts }
    if (because !== undefined) {
      tellRefused(deps, move, because)
      const view = { page: 'new-password', email: subject.user.email ?? '', error: because } as const
      return { result: 'refused', view, origin: resetOriginOf(transaction) }
    }

    await complete(deps, move, password)
    await deps.advance({ subject, transaction, input: { type: 'password-set' }, arrival: { facts } })
    return { result: 'set' }
  }
