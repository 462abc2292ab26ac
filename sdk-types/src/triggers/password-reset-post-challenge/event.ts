import type { Request } from '../../shared/request.ts'
import type { Transaction } from '../../shared/transaction.ts'
import type { User } from '../../shared/user.ts'

/** A proof the user has already given in this reset. */
export interface AuthenticationMethod {
  /** `email` or `phone_number` for the first challenge, `mfa` for every challenge an action asked for. */
  name: 'email' | 'phone_number' | 'mfa' | (string & {})
  /** When it was passed: ISO 8601, UTC. */
  timestamp: string
  /** With `mfa`: the factor that was passed. */
  type?: string
}

/** Values by name, as the tenant stored them for this action. */
export type Secrets = Record<string, string>

/** Settings that are no secrets. */
// biome-ignore lint/suspicious/noExplicitAny: whoever installs the action decides the shape
export type Configuration = Record<string, any>

/**
 * The facts handed to a handler. Every run gets a deep copy of its own: what a handler writes into it goes nowhere.
 */
export interface PasswordResetPostChallengeEvent {
  authentication: {
    methods: AuthenticationMethod[]
    /** Absent unless a risk assessment was supplied. */
    // biome-ignore lint/suspicious/noExplicitAny: the assessor decides the shape
    riskAssessment?: Record<string, any>
  }
  authorization: {
    /** Names of the user's roles. */
    roles: string[]
  }
  /** The application the reset began in. */
  client: { client_id: string; name: string; metadata: Record<string, string> }
  /** Partner configuration; empty for a tenant's own actions. */
  configuration: Configuration
  /** The user store the account lives in. `auth0` is the strategy of a database connection. */
  connection: { id: string; name: string; strategy: string; metadata?: Record<string, string> }
  custom_domain?: { domain: string; domain_metadata: Record<string, string> }
  organization?: { id: string; name: string; display_name: string; metadata: Record<string, string> }
  /** What came back from `api.prompt.render`; only in the `onContinue…` run after it. */
  // biome-ignore lint/suspicious/noExplicitAny: what the user typed and what the action had put there
  prompt?: { id: string; fields?: Record<string, any>; vars?: Record<string, any> }
  request: Request
  /** The secrets of this action version. */
  secrets: Secrets
  stats: { logins_count: number }
  tenant: { id: string }
  transaction: Transaction
  user: User
}
