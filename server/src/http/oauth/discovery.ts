/** What is here for clients that ask (RFC 8414): the token endpoint, and nothing that is not there. */
import type { FastifyInstance } from 'fastify'
import { issuerOf } from '../../access/access-token.ts'
import { credentialAlgorithms } from '../../clients/client-credential.ts'
import { originOf, type Tenant } from '../../tenants/tenant.ts'

const toMetadata = (tenant: Tenant) => ({
  issuer: issuerOf(tenant),
  token_endpoint: `${originOf(tenant)}/oauth/token`,
  jwks_uri: `${originOf(tenant)}/.well-known/jwks.json`,
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: credentialAlgorithms,
})

/** Below the tenant plugin. */
export const discoveryRoutes =
  () =>
  async (app: FastifyInstance): Promise<void> => {
    app.get('/.well-known/openid-configuration', async ({ tenant }) => toMetadata(tenant))
    // Tokens of the management API are signed with a key that only this server has a use for.
    app.get('/.well-known/jwks.json', async () => ({ keys: [] }))
  }
