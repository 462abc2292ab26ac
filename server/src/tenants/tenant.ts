/** A customer whose users, actions, secrets and settings are separate from all others. */
import type { Branding } from './branding.ts'
import type { GuardianSettings } from './guardian-settings.ts'
import type { TenantLimits } from './limits.ts'

export interface TenantSettings {
  /** Shown on pages and in mails; the tenant's name where it is absent. */
  friendly_name?: string
  support_email?: string
  support_url?: string
  /** Shown where the branding has no logo. */
  picture_url?: string
  /** The first one is for users who want none of them; English alone where it is absent. */
  enabled_locales?: string[]
  /** Where a user goes on after a reset that says nothing else. */
  default_redirection_uri?: string
  /**
   * `if-enrolled` asks for an enrolled factor before the new password when no action has asked for one;
   * `actions-only` leaves it to the actions, as the vendor does.
   */
  reset_mfa: 'if-enrolled' | 'actions-only'
  /** Whether a mail code may serve a user whose first proof was the same mailbox. */
  allow_same_channel: 'when-asked-by-action' | 'always' | 'never'
  /** By whose mail server mails in the tenant's own words may go: the tenant's own alone where it is absent. */
  mail_templates?: 'own-server' | 'any-server'
  /** Hosts the tenant's actions may reach (`egress-hosts.ts`); every public one where it is absent. */
  egress_hosts?: string[]
}

/** The vendor's names of factors, in the order its API lists them. */
export const guardianFactorNames = [
  'sms',
  'push-notification',
  'otp',
  'email',
  'duo',
  'webauthn-roaming',
  'webauthn-platform',
  'recovery-code',
] as const
export type GuardianFactorName = (typeof guardianFactorNames)[number]

export interface Tenant {
  /** Lower-case letters, digits and hyphens; never changes. */
  name: string
  /** Host name, with port if it is not the scheme's own. Links are always built from it. */
  domain: string
  scheme: 'https' | 'http'
  settings: TenantSettings
  /** Factors the tenant has switched on. */
  factors: readonly GuardianFactorName[]
  /** What the tenant changed of how factors are asked for; `guardian-settings.ts` has the defaults. */
  guardian?: Partial<GuardianSettings>
  /** What the operator changed; the catalogue's default counts for the rest. */
  limits: Partial<TenantLimits>
  branding: Branding
  createdAt: number
}

export const originOf = (tenant: Pick<Tenant, 'scheme' | 'domain'>): string => `${tenant.scheme}://${tenant.domain}`

/** `any-server`: also by the operator's, and so under the operator's address. */
export const mailTemplatesOf = ({ settings }: Pick<Tenant, 'settings'>): 'own-server' | 'any-server' =>
  settings.mail_templates ?? 'own-server'

/** What pages, mails and messages call the tenant. */
export const displayNameOf = (tenant: Pick<Tenant, 'name' | 'settings'>): string =>
  tenant.settings.friendly_name || tenant.name
