/**
 * Tenant settings of the vendor's that change nothing here, as its clients send them: most are about logins, sessions and
 * tokens, which this server has not. They are checked for their type, kept and given back.
 */
import { z } from 'zod'

const longestText = 2_048
/** In characters as JSON. */
const largestObject = 65_536

const flag = z.boolean().nullish()
const text = z.string().max(longestText).nullish()
const hours = z.number().positive().max(1_000_000).nullish()
const minutes = z.int().positive().max(60_000_000).nullish()
const texts = z.array(z.string().max(longestText)).max(100).nullish()

const object = z
  .record(z.string().max(100), z.unknown())
  .refine((value) => JSON.stringify(value).length <= largestObject, `It may take ${largestObject} characters as JSON`)
  .nullish()

/** A page of the tenant's own in place of one of ours would be shown to nobody: it is refused, not forgotten. */
const disabledPage = z
  .strictObject({
    enabled: z
      .boolean()
      .refine((enabled) => !enabled, 'Pages of your own HTML cannot replace the pages of this server')
      .optional(),
    html: z.string().max(largestObject).optional(),
  })
  .nullish()

const flags = z.record(z.string().regex(/^[a-z][a-z0-9_]{0,99}$/), z.boolean().nullable())

export const keptSettings = {
  flags: flags.nullish(),
  change_password: disabledPage,
  guardian_mfa_page: disabledPage,
  error_page: z
    .strictObject({
      html: z.string().max(largestObject).optional(),
      show_log_link: z.boolean().optional(),
      url: z.string().max(longestText).optional(),
    })
    .nullish(),
  device_flow: object,
  default_token_quota: object,
  security_headers: object,
  session_cookie: object,
  sessions: object,
  oidc_logout: object,
  mtls: object,
  country_codes: object,
  default_audience: text,
  default_directory: text,
  sandbox_version: text,
  legacy_sandbox_version: text,
  resource_parameter_profile: z.enum(['audience', 'compatibility']).nullish(),
  dynamic_client_registration_security_mode: z.enum(['strict', 'permissive']).nullish(),
  allowed_logout_urls: texts,
  acr_values_supported: texts,
  session_lifetime: hours,
  idle_session_lifetime: hours,
  ephemeral_session_lifetime: hours,
  idle_ephemeral_session_lifetime: hours,
  customize_mfa_in_postlogin_action: flag,
  allow_organization_name_in_authentication_api: flag,
  pushed_authorization_requests_supported: flag,
  authorization_response_iss_parameter_supported: flag,
  skip_non_verifiable_callback_uri_confirmation_prompt: flag,
  client_id_metadata_document_supported: flag,
  enable_ai_guide: flag,
  phone_consolidated_experience: flag,
  include_session_metadata_in_tenant_logs: flag,
}

/** Another way to write a number of hours; kept as hours, like the vendor does. */
export const inMinutes = {
  session_lifetime_in_minutes: minutes,
  idle_session_lifetime_in_minutes: minutes,
  ephemeral_session_lifetime_in_minutes: minutes,
  idle_ephemeral_session_lifetime_in_minutes: minutes,
}
