/** The variables of tenants' mail templates, under the vendor's names. */
import { z } from 'zod'
import type { Client } from '../clients/client.ts'
import type { Organization } from '../organizations/organization.ts'
import { displayNameOf, originOf, type Tenant } from '../tenants/tenant.ts'
import type { User } from '../users/user.ts'

export interface TemplateFacts {
  user: User | undefined
  client: Pick<Client, 'clientId' | 'name' | 'metadata' | 'kept'> | undefined
  organization: Organization | undefined
  /** The first language that was asked for. */
  language?: string
  /** What only this mail has. */
  own: Readonly<Record<string, string | number>>
}

/** Of the first address that logins may come back to. What is no web address has none. */
const callbackDomain = (kept: Client['kept']): string | undefined => {
  const { callbacks: [first] = [] } = z
    .object({ callbacks: z.array(z.string()).optional() })
    .catch({})
    .parse(kept)
  const url = first === undefined ? null : URL.parse(first)
  return url && /^https?:$/.test(url.protocol) ? url.origin : undefined
}

/** What a template may say of the application. */
export const applicationValues = ({ clientId, name, metadata, kept }: NonNullable<TemplateFacts['client']>) => ({
  name,
  clientID: clientId,
  client_id: clientId,
  callback_domain: callbackDomain(kept),
  metadata,
  client_metadata: metadata,
})

const organizationValues = ({ id, name, displayName, metadata, branding = {} }: Organization) => ({
  id,
  name,
  display_name: displayName,
  metadata,
  branding,
})

const userValues = (user: User) => ({
  user_id: user.id,
  email: user.email,
  email_verified: user.emailVerified,
  username: user.username,
  phone_number: user.phoneNumber,
  name: user.name ?? user.email,
  nickname: user.nickname,
  given_name: user.givenName,
  family_name: user.familyName,
  picture: user.picture,
  user_metadata: user.userMetadata,
  app_metadata: user.appMetadata,
  created_at: new Date(user.createdAt).toISOString(),
})

export const tenantValues = (tenant: Tenant) => ({
  tenant: tenant.name,
  friendly_name: displayNameOf(tenant),
  support_email: tenant.settings.support_email,
  support_url: tenant.settings.support_url,
  custom_domain: { domain: tenant.domain },
  home_url: originOf(tenant),
  picture_url: tenant.settings.picture_url,
  branding: tenant.branding,
})

export const templateValues = (tenant: Tenant, { user, client, organization, language = '', own }: TemplateFacts) => ({
  ...tenantValues(tenant),
  application: client ? applicationValues(client) : { name: displayNameOf(tenant) },
  ...(organization && { organization: organizationValues(organization) }),
  ...(user && { user: userValues(user), connection: { name: user.connection } }),
  request_language: language,
  ...own,
})

/** Stands for everybody where a template is tried before it is kept. */
export const sampleFacts: TemplateFacts = {
  user: {
    id: 'auth0|000000000000000000000000',
    connection: 'Username-Password-Authentication',
    email: 'ada@example.com',
    emailVerified: true,
    username: 'ada',
    phoneNumber: '+491511234567',
    name: 'Ada Lovelace',
    nickname: 'ada',
    givenName: 'Ada',
    familyName: 'Lovelace',
    picture: 'https://example.com/ada.png',
    userMetadata: {},
    appMetadata: {},
    blocked: false,
    loginsCount: 1,
    createdAt: 0,
    updatedAt: 0,
  },
  client: {
    clientId: '0'.repeat(32),
    name: 'Shop',
    metadata: {},
    kept: { callbacks: ['https://shop.example/callback'] },
  },
  organization: { id: `org_${'0'.repeat(16)}`, name: 'acme', displayName: 'Acme', metadata: {} },
  language: 'en',
  own: { url: 'https://example.com/u/reset-password?ticket=0', code: '123456', minutes: 60 },
}
