import type { Patch } from '../patch.ts'

/** The person whose password may be reset. */
export interface User {
  /** `auth0|` and 24 hex characters or the caller's own id. */
  id: string
  /** Name of the connection the account lives in. */
  connection: string
  email?: string
  emailVerified: boolean
  username?: string
  phoneNumber?: string
  phoneVerified?: boolean
  name?: string
  nickname?: string
  givenName?: string
  familyName?: string
  picture?: string
  userMetadata: Record<string, unknown>
  appMetadata: Record<string, unknown>
  blocked: boolean
  loginsCount: number
  /** Argon2id in PHC form; absent when no password was ever set. */
  passwordHash?: string
  /** When a password was last set in whatever way. Part of the account's stamp: links and resets from before are dead. */
  passwordChangedAt?: number
  /** When the user last completed a reset. */
  lastPasswordReset?: number
  /** Id of the transaction that completed it: tells a crash after the write from somebody else's reset. */
  lastResetBy?: string
  createdAt: number
  updatedAt: number
}

/** `undefined` as a value removes a field that may be absent. */
export type UserPatch = Patch<Omit<User, 'id' | 'connection' | 'createdAt' | 'updatedAt'>>
