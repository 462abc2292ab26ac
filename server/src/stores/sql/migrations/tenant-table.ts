import type { ColumnDefinitionBuilder, CreateTableBuilder, Kysely } from 'kysely'

/**
 * Begins a table of things that belong to a tenant: they go when the tenant goes. The tenant also has to lead the primary
 * key, so that no query can find a row without naming its owner.
 */
export const tenantTable = (db: Kysely<unknown>, name: string): CreateTableBuilder<string, string> =>
  db.schema
    .createTable(name)
    .addColumn('tenant', 'text', (column) => column.notNull().references('tenants.name').onDelete('cascade'))

export const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull()
