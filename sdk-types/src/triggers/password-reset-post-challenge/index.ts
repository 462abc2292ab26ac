export type {
  CacheError,
  CacheErrorCode,
  CacheRecord,
  CacheSetOptions,
  PasswordResetPostChallengeAPI,
} from './api.ts'
export type {
  AuthenticationMethod,
  Configuration,
  PasswordResetPostChallengeEvent,
  /** The name under which the vendor's package exports the event. */
  PasswordResetPostChallengeEvent as Event,
  Secrets,
} from './event.ts'
export type {
  PasswordResetPostChallengeAction,
  PasswordResetPostChallengeHandler,
  PasswordResetPostChallengeModule,
} from './handlers.ts'
