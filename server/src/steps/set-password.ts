/**
 * The user chooses the new password: the end of the journey.
 *
 * - only in the state for it, which no unfinished action leads to
 * - the password is set by one conditional write: of two resets that race only one ends, and none does whose user was
 *   blocked or got another address in between; every other link and reset of this user is dead from then on
 * - nobody is logged in by it, and the user is told by mail
 */
import { problem } from '../errors.ts'
import type { Background, Clock } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { hashPassword } from '../users/password.ts'
import { checkPassword, type PasswordProblem } from '../users/password-policy.ts'
import type { User } from '../users/user.ts'
import type { UserStore } from '../users/user-store.ts'
import type { Advance } from './advance.ts'
import type { Opened, OpenTransaction } from './open-transaction.ts'
import type { RequestFacts } from './request-facts.ts'

type Deps = {
  openTransaction: OpenTransaction
  advance: Advance
  users: Pick<UserStore, 'completeReset'>
  sendPasswordChanged: (tenant: Tenant, user: User) => Promise<void>
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
export type PasswordSet =
  | { result: 'set' }
  | { result: 'refused'; because: PasswordProblem | 'mismatch'; email: string }
export type SetPassword = (choice: Choice) => Promise<PasswordSet>

const complete = async (deps: Deps, { transaction, subject }: Opened, password: string): Promise<void> => {
  const { tenant, user } = subject
  const passwordHash = await hashPassword(password)
  const { id: by, account, marksEmailVerified } = transaction
  const reset = { passwordHash, account, by, marksEmailVerified, now: deps.clock.now() }
  if ((await deps.users.completeReset(tenant.name, user.id, reset)) === 'superseded') {
    throw problem('ERR_STEP_NOT_OPEN')
  }
  deps.background.run('send password-changed mail', () => deps.sendPasswordChanged(tenant, user))
}

export const setPassword =
  (deps: Deps): SetPassword =>
  async ({ tenant, browserSecret, password, confirmation, facts }) => {
    const opened = await deps.openTransaction(tenant, browserSecret)
    const { transaction, subject } = opened
    if (transaction.journey.state.name !== 'choosing-password') throw problem('ERR_STEP_NOT_OPEN')
    const because = password === confirmation ? checkPassword(password, subject.user) : 'mismatch'
    if (because !== undefined) return { result: 'refused', because, email: subject.user.email ?? '' }

    await complete(deps, opened, password)
    await deps.advance({ subject, transaction, input: { type: 'password-set' }, arrival: { facts } })
    return { result: 'set' }
  }
