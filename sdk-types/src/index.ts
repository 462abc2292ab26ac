/** The contract between an action and Interlock. Types only: importing it adds no bytes to an action. */
export type { EnrolledFactor, FactorSelector, FactorType, PhoneMethod } from './shared/factor.ts'
export type { GeoIP, Request } from './shared/request.ts'
export type { Transaction } from './shared/transaction.ts'
export type { User, UserIdentity } from './shared/user.ts'
export type {
  AuthenticationMethod,
  CacheError,
  CacheErrorCode,
  CacheRecord,
  CacheSetOptions,
  Configuration,
  PasswordResetPostChallengeAction,
  PasswordResetPostChallengeAPI,
  PasswordResetPostChallengeEvent,
  PasswordResetPostChallengeHandler,
  PasswordResetPostChallengeModule,
  Secrets,
} from './triggers/password-reset-post-challenge/index.ts'
