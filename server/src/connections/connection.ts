/** A user store of a tenant. Only database connections (`auth0`) can reset a password; `ad` is refused with a clear text. */
import type { Slice, Sliced } from '../page.ts'
import type { Patch } from '../patch.ts'

export interface Connection {
  /** `con_` and 16 base62 characters. */
  id: string
  name: string
  strategy: string
  metadata: Record<string, string>
  /** Clients a reset of its users may begin in; every one, those made later too, where it is absent. */
  enabledClients?: string[]
  /** What the vendor's clients set and nothing here reads: it is given back as it came. */
  kept: Record<string, unknown>
  createdAt: number
}

/** Only database connections keep their passwords here. */
export const keepsPasswords = (connection: Pick<Connection, 'strategy'>): boolean => connection.strategy === 'auth0'

export const isEnabledFor = ({ enabledClients }: Pick<Connection, 'enabledClients'>, clientId: string): boolean =>
  enabledClients?.includes(clientId) ?? true

/** The connection every tenant starts with. */
export const defaultConnectionName = 'Username-Password-Authentication'

export interface ConnectionStore {
  /** A name is free again once all users of the one that had it are gone. `too-many`: the tenant has `most` already. */
  create(
    tenant: string,
    connection: Connection,
    bound?: { most: number },
  ): Promise<'created' | 'name-taken' | 'too-many'>
  find(tenant: string, id: string): Promise<Connection | undefined>
  findByName(tenant: string, name: string): Promise<Connection | undefined>
  /** In the order they were created, by parts: those of this name, and of one of these strategies. */
  page(tenant: string, filter: { name?: string; strategies?: string[] }, slice: Slice): Promise<Sliced<Connection>>
  update(
    tenant: string,
    id: string,
    patch: Patch<Omit<Connection, 'id' | 'name' | 'strategy' | 'createdAt'>>,
  ): Promise<Connection | undefined>
  /** Nobody finds it from then on. Its users, who may be many, go with `clear`. */
  remove(tenant: string, id: string): Promise<'removed' | 'unknown'>
  /** Takes away the users of removed connections, some at a time; what it leaves the next call finds. */
  clear(tenant: string): Promise<void>
}
