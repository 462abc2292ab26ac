/** Who may call the JSON APIs, and how a tenant comes to be. */
import { createAccessTokens } from './access/access-token.ts'
import { createCheckAssertion } from './access/client-assertion.ts'
import { createSigningKeyOf } from './access/signing-key.ts'
import type { Adapters } from './adapters.ts'
import { createTenant } from './provisioning/create-tenant.ts'

export const composeAccess = (adapters: Adapters) => ({
  accessTokens: createAccessTokens({ signingKeyOf: createSigningKeyOf(adapters), clock: adapters.clock }),
  checkAssertion: createCheckAssertion(adapters),
  createTenant: createTenant(adapters),
})
export type Access = ReturnType<typeof composeAccess>
