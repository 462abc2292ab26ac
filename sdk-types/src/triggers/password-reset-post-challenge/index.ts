export type {
  CacheError,
  CacheErrorCode,
  CacheRecord,
  CacheSetOptions,
  PasswordResetPostChallengeAPI,
} from './api.ts'
export type { AuthenticationMethod, PasswordResetPostChallengeEvent } from './event.ts'
export type {
  PasswordResetPostChallengeAction,
  PasswordResetPostChallengeHandler,
  PasswordResetPostChallengeModule,
} from './handlers.ts'
