/**
 * The key that signs a tenant's management tokens. Each tenant has its own, so that no token can pass at another one;
 * it is kept sealed in the database, so that tokens outlive restarts, hold on every node, and end with the tenant.
 */
import type { Vault } from '../crypto/vault.ts'
import type { Random } from '../ports.ts'

export interface SigningKeyStore {
  find(tenant: string): Promise<string | undefined>
  /** Answers the key that is there; of two at once, both get the first one. */
  findOrAdd(tenant: string, sealed: string): Promise<string>
}

type Deps = { signingKeys: SigningKeyStore; vault: Vault; random: Pick<Random, 'token'> }

export type SigningKeyOf = (tenant: string) => Promise<Uint8Array>

/** RFC 7518, 3.2: a key for HS256 has at least the size of the hash. */
const keyBytes = 32

export const createSigningKeyOf =
  ({ signingKeys, vault, random }: Deps): SigningKeyOf =>
  async (tenant) => {
    const place = { tenant, table: 'signing_keys', id: tenant }
    const sealed =
      (await signingKeys.find(tenant)) ??
      (await signingKeys.findOrAdd(tenant, vault.seal(random.token(keyBytes), place)))
    return Buffer.from(vault.open(sealed, place), 'base64url')
  }
