import type { EnrolledFactor } from './factor.ts'

/** One login identity of the user. */
export interface UserIdentity {
  connection: string
  provider: string
  user_id: string
  isSocial: boolean
  // biome-ignore lint/suspicious/noExplicitAny: the identity provider decides the shape; the vendor's own type says any
  profileData?: Record<string, any>
  // biome-ignore lint/suspicious/noExplicitAny: varies by provider; the vendor's own type says any
  [extra: string]: any
}

/** The person who is resetting a password. Timestamps are ISO 8601 in UTC. Fields that are not listed pass through. */
export interface User {
  user_id: string
  email?: string
  email_verified: boolean
  username?: string
  name?: string
  nickname?: string
  given_name?: string
  family_name?: string
  picture?: string
  phone_number?: string
  phone_verified?: boolean
  created_at: string
  updated_at: string
  /** When the user last completed a password reset; absent before the first one. */
  last_password_reset?: string
  /** Set by the tenant; the user cannot change it. */
  // biome-ignore lint/suspicious/noExplicitAny: the tenant decides the shape; the vendor's own type says any
  app_metadata: Record<string, any>
  /** Set by or for the user: never a basis for an authorization decision. */
  // biome-ignore lint/suspicious/noExplicitAny: the tenant decides the shape; the vendor's own type says any
  user_metadata: Record<string, any>
  identities: UserIdentity[]
  /** Empty when the user has none. Never absent: a reset whose factors cannot be read does not reach an action. */
  enrolledFactors: EnrolledFactor[]
  // biome-ignore lint/suspicious/noExplicitAny: the tenant's own fields, such as groups; the vendor's own type says any
  [extra: string]: any
}
