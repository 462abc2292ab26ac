/** A value of the tenant that one action may read as `event.secrets`. It goes in, and comes out only to the action. */
import type { Vault } from '../crypto/vault.ts'

export interface SealedSecret {
  name: string
  /** Encrypted for this tenant, action and name: it opens nowhere else. A version takes it over from the draft as it is. */
  sealed: string
  updatedAt: number
}

interface Owner {
  tenant: string
  actionId: string
}

const placeOf = ({ tenant, actionId }: Owner, name: string) => ({
  tenant,
  table: 'action_secrets',
  id: JSON.stringify([actionId, name]),
})

export const sealSecret = (vault: Pick<Vault, 'seal'>, owner: Owner, secret: { name: string; value: string }): string =>
  vault.seal(secret.value, placeOf(owner, secret.name))

export const openSecrets = (
  vault: Pick<Vault, 'open'>,
  owner: Owner,
  secrets: readonly SealedSecret[],
): Record<string, string> =>
  Object.fromEntries(secrets.map(({ name, sealed }) => [name, vault.open(sealed, placeOf(owner, name))]))
