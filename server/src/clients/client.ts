import type { Patch } from '../patch.ts'
import type { ClientCredential } from './client-credential.ts'

/** An application of a tenant: what a reset begins in, and who may call the management API. */
export interface Client {
  /** 32 base62 characters. */
  clientId: string
  name: string
  /** SHA-256 of the secret, hex; absent for a public client. */
  secretHash?: string
  metadata: Record<string, string>
  /** Where a user goes on after a reset. */
  initiateLoginUri?: string
  /** The vendor's word, such as `spa`; `non_interactive` is a program, in which no reset begins by itself. */
  appType?: string
  isFirstParty: boolean
  /** `none` for a public client: its secret, where it has one, proves nothing. */
  authMethod?: 'none' | 'client_secret_post' | 'client_secret_basic'
  /** All where they are absent. */
  grantTypes?: string[]
  credentials?: ClientCredential[]
  /** Ids of credentials. Where it is there, also empty, an assertion by one of them is the only proof. */
  assertionCredentials?: string[]
  /** What the vendor's clients set and nothing here reads: it is given back as it came. */
  kept: Record<string, unknown>
  createdAt: number
}

/** What is read of all clients at once: the rest of one may be large. */
export type ListedClient = Pick<Client, 'clientId' | 'name' | 'appType' | 'isFirstParty'>

export interface ClientStore {
  /** `too-many`: the tenant has `most` already. */
  create(tenant: string, client: Client, bound?: { most: number }): Promise<'created' | 'too-many'>
  find(tenant: string, clientId: string): Promise<Client | undefined>
  /** In the order they were created. */
  list(tenant: string): Promise<ListedClient[]>
  /** Those that there are, in the order of the ids. Throws `PageTooLarge`. */
  findAll(tenant: string, clientIds: readonly string[]): Promise<Client[]>
  update(
    tenant: string,
    clientId: string,
    patch: Patch<Omit<Client, 'clientId' | 'createdAt'>>,
  ): Promise<Client | undefined>
  remove(tenant: string, clientId: string): Promise<'removed' | 'unknown'>
}
