/** What a tenant's log says of the moves of a journey. */
import type { FactorType } from '@interlock/runtime'
import { enrollmentsOf } from '../factors/enrollments-of.ts'
import type { Subject } from '../factors/factor.ts'
import { maskPhoneNumber } from '../factors/mask-phone-number.ts'
import type { FailureReason, FlowState } from '../flow/state.ts'
import type { LogEvent, LogFacts } from '../logs/log-entry.ts'
import type { Transaction } from '../transactions/transaction.ts'
import { userFacts } from '../users/user-facts.ts'
import type { RequestFacts } from './request-facts.ts'

interface Move {
  subject: Subject
  transaction: Transaction
  /** Absent where nobody's request moved it. */
  facts?: RequestFacts
}

/** Where a request came from. */
export const originFacts = ({
  ip,
  userAgent,
  hostname,
}: Omit<RequestFacts, 'method' | 'query' | 'body'>): LogFacts => ({
  ip,
  hostname,
  ...(userAgent !== undefined && { userAgent }),
})

export const journeyFacts = ({ subject, transaction, facts }: Move): LogFacts => ({
  ...(facts && originFacts(facts)),
  ...userFacts(subject.user),
  connection: transaction.connection,
  ...(transaction.clientId !== '' && { clientId: transaction.clientId }),
  ...(transaction.organizationId !== undefined && { organizationId: transaction.organizationId }),
})

/** The vendor names executions like this in the entries of other triggers. */
export const executionsOf = ({ executionId }: Transaction): { actions?: { executions: string[] } } =>
  executionId === undefined ? {} : { actions: { executions: [executionId] } }

const authenticatorOf = (subject: Subject, type: FactorType, begun: Readonly<Record<string, unknown>>) => {
  const phone = enrollmentsOf(subject, 'phone').find(({ id }) => id === begun.enrollmentId)
  return { type, ...(phone && { id: phone.id, phone_number: maskPhoneNumber(phone.phoneNumber) }) }
}

export type ChallengeMoment = 'begun' | 'passed' | 'failed' | 'too-many'

const codes = {
  begun: { usual: 'gd_start_auth' },
  passed: { usual: 'gd_auth_succeed', 'recovery-code': 'gd_recovery_succeed' },
  failed: {
    usual: 'gd_auth_failed',
    'recovery-code': 'gd_recovery_failed',
    'webauthn-roaming': 'gd_webauthn_challenge_failed',
    'webauthn-platform': 'gd_webauthn_challenge_failed',
  },
  'too-many': { usual: 'gd_otp_rate_limit_exceed', 'recovery-code': 'gd_recovery_rate_limit_exceed' },
} as const satisfies Record<ChallengeMoment, { usual: LogEvent['type'] } & { [Type in FactorType]?: LogEvent['type'] }>

const codeOf = (moment: ChallengeMoment, type: FactorType) => {
  const row: { usual: LogEvent['type'] } & { [Type in FactorType]?: LogEvent['type'] } = codes[moment]
  return row[type] ?? row.usual
}

export const challengeEvent = (
  move: Move,
  moment: ChallengeMoment,
  asked: { type: FactorType; begun: Readonly<Record<string, unknown>> },
): LogEvent => ({
  ...journeyFacts(move),
  type: codeOf(moment, asked.type) as 'gd_start_auth',
  details: {
    authenticator: authenticatorOf(move.subject, asked.type, asked.begun),
    ...executionsOf(move.transaction),
  },
})

const failures: Record<FailureReason, string> = {
  'action-failed': 'An action failed',
  'no-usable-factor': 'The user has none of the factors that were asked for',
  'run-lost': 'The run of the actions was lost',
  'too-many-attempts': 'Too many wrong codes',
}

/** Of a journey that has ended without a new password; `undefined` of one that goes on, or that nobody went on with. */
export const endEvent = (move: Move, state: FlowState): LogEvent | undefined => {
  const event = { ...journeyFacts(move), type: 'fcp' } as const
  const executions = executionsOf(move.transaction)
  if (state.name === 'denied') {
    return {
      ...event,
      description: `An action denied: ${state.reason}`,
      details: { reason: 'denied', ...executions },
    }
  }
  if (state.name !== 'failed') return undefined
  return { ...event, description: failures[state.because], details: { reason: state.because, ...executions } }
}
