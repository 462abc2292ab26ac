/** The facts an action is given, in the trigger's own shape. `secrets` are added per action by the runtime. */
import type { PasswordResetPostChallengeEvent } from '@interlock/sdk-types'
import type { Client } from '../clients/client.ts'
import type { Connection } from '../connections/connection.ts'
import { enrolledFactors } from '../factors/enrolled-factors.ts'
import type { Subject } from '../factors/factor.ts'
import type { Organization } from '../organizations/organization.ts'
import { chooseLocale, enabledLocalesOf } from '../tenants/locales.ts'
import type { Transaction } from '../transactions/transaction.ts'
import type { User } from '../users/user.ts'
import type { RequestFacts } from './request-facts.ts'

type Event = Omit<PasswordResetPostChallengeEvent, 'secrets'>

interface Sources {
  subject: Subject
  transaction: Transaction
  facts: RequestFacts
  client: Client | undefined
  connection: Connection
  /** The reset was asked for on its behalf. */
  organization: Organization | undefined
  /** Names. */
  roles: string[]
  /** What came back from the form an action showed. */
  prompt?: Event['prompt']
}

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** Leaves out what is not there: actions test for `undefined`. */
const present = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }

const providerUserId = (user: User): string => user.id.slice(user.id.indexOf('|') + 1)

const toEventUser = (subject: Subject): Event['user'] => {
  const { user } = subject
  return present({
    user_id: user.id,
    email: user.email,
    email_verified: user.emailVerified,
    username: user.username,
    name: user.name,
    nickname: user.nickname,
    given_name: user.givenName,
    family_name: user.familyName,
    picture: user.picture,
    phone_number: user.phoneNumber,
    phone_verified: user.phoneVerified,
    created_at: isoTime(user.createdAt),
    updated_at: isoTime(user.updatedAt),
    last_password_reset: user.lastPasswordReset === undefined ? undefined : isoTime(user.lastPasswordReset),
    app_metadata: user.appMetadata,
    user_metadata: user.userMetadata,
    identities: [{ connection: user.connection, provider: 'auth0', user_id: providerUserId(user), isSocial: false }],
    enrolledFactors: enrolledFactors(subject),
  }) as Event['user']
}

const toEventRequest = (facts: RequestFacts): Event['request'] =>
  present({
    ip: facts.ip,
    method: facts.method,
    hostname: facts.hostname,
    language: facts.language,
    user_agent: facts.userAgent,
    query: facts.query,
    body: facts.body,
    geoip: {},
  }) as Event['request']

const toEventOrganization = ({ id, name, displayName, metadata }: Organization) => ({
  id,
  name,
  display_name: displayName,
  metadata,
})

const toEventTransaction = (
  { tenant }: Subject,
  { uiLocales }: Transaction,
  { languages = [] }: RequestFacts,
): Event['transaction'] => ({
  locale: chooseLocale(enabledLocalesOf(tenant), [...uiLocales, ...languages]),
  ui_locales: uiLocales,
})

export const buildEvent = ({
  subject,
  transaction,
  facts,
  client,
  connection,
  organization,
  roles,
  prompt,
}: Sources): Event => ({
  authentication: {
    methods: [
      { name: 'email', timestamp: isoTime(transaction.createdAt) },
      ...transaction.journey.passed.map(({ type, at }) => ({ name: 'mfa' as const, timestamp: isoTime(at), type })),
    ],
  },
  authorization: { roles },
  client: { client_id: client?.clientId ?? '', name: client?.name ?? '', metadata: client?.metadata ?? {} },
  configuration: {},
  connection: {
    id: connection.id,
    name: connection.name,
    strategy: connection.strategy,
    metadata: connection.metadata,
  },
  ...(organization ? { organization: toEventOrganization(organization) } : {}),
  ...(prompt ? { prompt } : {}),
  request: toEventRequest(facts),
  stats: { logins_count: subject.user.loginsCount },
  tenant: { id: subject.tenant.name },
  transaction: toEventTransaction(subject, transaction, facts),
  user: toEventUser(subject),
})
