/** What the routes of connections take and answer. */
import { z } from 'zod'
import type { Connection } from '../../../connections/connection.ts'
import { notFound } from '../../wire-problem.ts'
import { anyPaging } from '../checkpoint.ts'
import { fieldsQuery } from '../paging.ts'

const strategy = z.enum(['auth0', 'ad'])
const metadata = z
  .record(z.string().min(1).max(255), z.string().max(255))
  .refine((entries) => Object.keys(entries).length <= 10, 'At most 10 entries')
const enabledClients = z.array(z.string().min(1).max(64)).max(1_000)

/** Where passwords would be kept elsewhere, or what would be a secret of that place. */
const foreign = /^(configuration|customScripts|enabledDatabaseCustomization|import_mode)$|secret|token|_key$/i
const options = z
  .record(z.string(), z.unknown())
  .refine(
    (given) => !Object.entries(given).some(([name, value]) => foreign.test(name) && value !== false),
    'Users are kept in this server only: no scripts, secrets or imports',
  )
  .describe('Kept and given back')

const kept = {
  options: options.optional(),
  display_name: z.string().max(128).optional(),
  is_domain_connection: z.boolean().optional(),
  show_as_button: z.boolean().optional(),
  realms: z.array(z.string().max(256)).max(10).optional(),
  authentication: z.record(z.string(), z.unknown()).optional(),
  connected_accounts: z.record(z.string(), z.unknown()).optional(),
}
export const keptNames = Object.keys(kept) as (keyof typeof kept)[]

/** In characters as JSON: pages of connections are read whole. */
export const longestKept = 32_768

export const createConnection = z.strictObject({
  ...kept,
  name: z
    .string()
    .max(128)
    .regex(/^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$/)
    .describe('The name of the connection: letters, digits and single hyphens'),
  strategy: strategy.describe('auth0 is a database, ad a directory'),
  metadata: metadata.default({}),
  enabled_clients: enabledClients.optional().describe('Every client where it is absent'),
})
export const editedConnection = z.strictObject({
  ...kept,
  metadata: metadata.optional(),
  enabled_clients: enabledClients.optional(),
})

export const listConnections = z.strictObject({
  name: z.string().optional(),
  strategy: z.union([strategy, z.array(strategy)]).optional(),
  ...anyPaging,
  ...fieldsQuery,
})

export const byConnection = z.object({ id: z.string() })
export const unknownConnection = () => notFound('The connection does not exist', 'inexistent_connection')

export const connectionAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    strategy: z.string(),
    options: z.record(z.string(), z.unknown()),
    realms: z.array(z.string()),
    enabled_clients: z.array(z.string()),
    is_domain_connection: z.boolean(),
    display_name: kept.display_name,
    show_as_button: kept.show_as_button,
    authentication: kept.authentication,
    connected_accounts: kept.connected_accounts,
    metadata: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Connection' })
export const shownConnection = connectionAnswer.partial()

/** Ids of the clients that it is enabled for. */
export const enabledIn = ({ enabledClients }: Connection, clients: readonly { clientId: string }[]): string[] => {
  const enabled = enabledClients && new Set(enabledClients)
  return clients.map(({ clientId }) => clientId).filter((id) => enabled?.has(id) ?? true)
}

export const toConnectionAnswer = (connection: Connection, clients: readonly { clientId: string }[]) =>
  connectionAnswer.parse({
    options: {},
    realms: [connection.name],
    is_domain_connection: false,
    ...connection.kept,
    id: connection.id,
    name: connection.name,
    strategy: connection.strategy,
    enabled_clients: enabledIn(connection, clients),
    metadata: connection.metadata,
  })
