/** A user store of a tenant. Only database connections (`auth0`) can reset a password; `ad` is refused with a clear text. */
export interface Connection {
  /** `con_` and 16 base62 characters. */
  id: string
  name: string
  strategy: string
  metadata: Record<string, string>
  createdAt: number
}

/** Only database connections keep their passwords here. */
export const keepsPasswords = (connection: Pick<Connection, 'strategy'>): boolean => connection.strategy === 'auth0'

/** The connection every tenant starts with. */
export const defaultConnectionName = 'Username-Password-Authentication'

export interface ConnectionStore {
  create(tenant: string, connection: Connection): Promise<'created' | 'name-taken'>
  find(tenant: string, id: string): Promise<Connection | undefined>
  findByName(tenant: string, name: string): Promise<Connection | undefined>
  /** In the order they were created. */
  list(tenant: string): Promise<Connection[]>
}
