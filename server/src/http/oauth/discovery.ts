/** What is here for clients that ask (RFC 8414): the token endpoint, and nothing that is not there. */
import { z } from 'zod'
import { issuerOf } from '../../access/access-token.ts'
import { credentialAlgorithms } from '../../clients/client-credential.ts'
import { originOf, type Tenant } from '../../tenants/tenant.ts'
import type { Api } from '../plugins/zod-schemas.ts'

const metadata = z
  .object({
    issuer: z.string(),
    token_endpoint: z.string(),
    jwks_uri: z.string(),
    grant_types_supported: z.array(z.string()),
    token_endpoint_auth_methods_supported: z.array(z.string()),
    token_endpoint_auth_signing_alg_values_supported: z.array(z.string()),
  })
  .meta({ id: 'Discovery' })

const toMetadata = (tenant: Tenant): z.infer<typeof metadata> => ({
  issuer: issuerOf(tenant),
  token_endpoint: `${originOf(tenant)}/oauth/token`,
  jwks_uri: `${originOf(tenant)}/.well-known/jwks.json`,
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: [...credentialAlgorithms],
})

const configurationSchema = {
  summary: 'Where tokens are given, and for what',
  description: 'Discovery as OpenID Connect has it, for clients that begin with it. Nobody logs in here.',
  response: { 200: metadata },
}

const keysSchema = {
  summary: 'Always empty: tokens are read by this server only',
  response: { 200: z.object({ keys: z.array(z.unknown()) }) },
}

/** Below the tenant plugin. */
export const discoveryRoutes =
  () =>
  async (app: Api): Promise<void> => {
    app.get('/.well-known/openid-configuration', { schema: configurationSchema }, async ({ tenant }) =>
      toMetadata(tenant),
    )
    // Tokens of the management API are signed with a key that only this server has a use for.
    app.get('/.well-known/jwks.json', { schema: keysSchema }, async () => ({ keys: [] }))
  }
