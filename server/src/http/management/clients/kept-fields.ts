/**
 * What the vendor's clients send about an application and nothing here reads, as no login happens here. It is checked for
 * its form, kept, and given back; the page on the management API lists it.
 */
import { z } from 'zod'

const text = z.string().max(2_048)
const texts = z.array(text).max(1_000)
const flag = z.boolean()
const object = z.record(z.string(), z.unknown())
/** Pages of the vendor's older login. */
const page = z.string().max(131_072)

export const keptFields = {
  description: z.string().max(140),
  logo_uri: text,
  callbacks: texts,
  allowed_origins: texts,
  web_origins: texts,
  client_aliases: texts,
  allowed_clients: texts,
  allowed_logout_urls: texts,
  oidc_conformant: flag,
  oidc_logout: object,
  oidc_backchannel_logout: object,
  session_transfer: object,
  jwt_configuration: object,
  sso: flag,
  sso_disabled: flag,
  cross_origin_authentication: flag,
  cross_origin_loc: text,
  custom_login_page_on: flag,
  custom_login_page: page,
  custom_login_page_preview: page,
  form_template: page,
  mobile: object,
  native_social_login: object,
  fedcm_login: object,
  refresh_token: object,
  default_organization: object,
  organization_usage: text,
  organization_require_behavior: text,
  organization_discovery_methods: texts,
  require_pushed_authorization_requests: flag,
  require_proof_of_possession: flag,
  is_token_endpoint_ip_header_trusted: flag,
  compliance_level: text,
  skip_non_verifiable_callback_uri_confirmation_prompt: flag,
  token_exchange: object,
  token_quota: object,
  par_request_expiry: z.int(),
  third_party_security_mode: text,
  redirection_policy: text,
} satisfies Record<string, z.ZodType>

type KeptName = keyof typeof keptFields
export const keptNames = Object.keys(keptFields) as KeptName[]

type Optional = { [Name in KeptName]: z.ZodOptional<(typeof keptFields)[Name]> }
type Nullish = { [Name in KeptName]: z.ZodOptional<z.ZodNullable<(typeof keptFields)[Name]>> }

const each = (change: (schema: z.ZodType) => z.ZodType) =>
  Object.fromEntries(Object.entries(keptFields).map(([name, schema]) => [name, change(schema)]))

export const shownFields = each((schema) => schema.optional()) as Optional
/** `null` takes a field away. */
export const writtenFields = each((schema) => schema.nullish()) as Nullish
