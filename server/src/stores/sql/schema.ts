/**
 * The tables as Kysely sees them: columns in camel case here, in snake case in the database. Both SQL engines know only
 * text and integers: JSON is text, a flag is 0 or 1, a time is Unix milliseconds.
 */
import type { ActionSchema } from './action-schema.ts'
import type { UserSchema } from './user-schema.ts'

type Json = string
type Flag = 0 | 1

interface TenantRow {
  name: string
  domain: string
  scheme: 'https' | 'http'
  settings: Json
  factors: Json
  guardian: Json | null
  limits: Json
  branding: Json
  createdAt: number
}

interface ClientRow {
  tenant: string
  clientId: string
  name: string
  secretHash: string | null
  metadata: Json
  initiateLoginUri: string | null
  appType: string | null
  isFirstParty: Flag
  authMethod: 'none' | 'client_secret_post' | 'client_secret_basic' | null
  grantTypes: Json | null
  credentials: Json | null
  assertionCredentials: Json | null
  kept: Json
  createdAt: number
  position: number
}

interface ClientGrantRow {
  tenant: string
  id: string
  clientId: string
  scopes: Json
  allowsAllScopes: Flag
  kept: Json
  position: number
}

interface ConnectionRow {
  tenant: string
  id: string
  name: string
  strategy: string
  metadata: Json
  enabledClients: Json | null
  kept: Json
  removed: Flag
  createdAt: number
  position: number
}

interface ExecutionRow {
  tenant: string
  id: string
  trigger: string
  userId: string
  status: string
  createdAt: number
  updatedAt: number
}

interface ExecutionResultRow {
  tenant: string
  executionId: string
  position: number
  result: Json
}

export interface LogRow {
  tenant: string
  /** Counts from 1 in each tenant. */
  number: number
  id: string
  date: number
  type: string
  description: string
  connection: string | null
  connectionId: string | null
  strategy: string | null
  strategyType: string | null
  clientId: string | null
  clientName: string | null
  ip: string | null
  userAgent: string | null
  hostname: string | null
  userId: string | null
  userName: string | null
  organizationId: string | null
  audience: string | null
  scope: string | null
  details: Json | null
}

/** What the tenant's newest entry was given. */
interface LogNumberRow {
  tenant: string
  number: number
  at: number
}

interface EmailTemplateRow {
  tenant: string
  template: string
  enabled: Flag
  body: string | null
  subject: string | null
  from: string | null
  resultUrl: string | null
  urlLifetimeSeconds: number | null
  includeEmailInRedirect: Flag
}

interface EmailProviderRow {
  tenant: string
  name: string
  enabled: Flag
  defaultFromAddress: string | null
  /** Sealed. */
  credentials: string
  headers: Json
}

interface TicketRow {
  tenant: string
  hash: string
  userId: string
  purpose: string
  redeemedBy: string | null
  expiresAt: number
  record: Json
}

interface TransactionRow {
  tenant: string
  id: string
  revision: number
  expiresAt: number
  record: Json
}

/** `take-positions.ts` */
interface PositionRow {
  tenant: string
  list: string
  last: number
}

interface KeptSettingsRow {
  tenant: string
  subject: string
  settings: Json
}

interface CustomTextRow {
  tenant: string
  prompt: string
  language: string
  texts: Json
}

interface RateBucketRow {
  tenant: string
  name: string
  /** When the bucket is full again, and the row of no more use. */
  fullAt: number
}

interface RateWindowRow {
  tenant: string
  name: string
  count: number
  endsAt: number
}

interface ActionCacheRow {
  tenant: string
  trigger: string
  key: string
  value: string
  expiresAt: number
}

export interface Schema extends ActionSchema, UserSchema {
  tenants: TenantRow
  clients: ClientRow
  clientGrants: ClientGrantRow
  connections: ConnectionRow
  executions: ExecutionRow
  executionResults: ExecutionResultRow
  logs: LogRow
  logNumbers: LogNumberRow
  emailTemplates: EmailTemplateRow
  emailProviders: EmailProviderRow
  tickets: TicketRow
  transactions: TransactionRow
  keptSettings: KeptSettingsRow
  positions: PositionRow
  customTexts: CustomTextRow
  rateBuckets: RateBucketRow
  rateWindows: RateWindowRow
  actionCache: ActionCacheRow
}
