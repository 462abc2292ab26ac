/**
 * Records may be large, and a page has many: what is read of them at once is bounded before it is read. All of it would be in
 * memory several times, and nobody else has the thread while it becomes objects and text.
 */
import { type SelectQueryBuilder, sql } from 'kysely'
import { PageTooLarge } from '../../page.ts'
import type { Schema } from './schema.ts'

const mostBytes = 8_388_608

/** Throws `PageTooLarge`. The length of a column is known without reading it. */
export const requireReadable = async <Table extends keyof Schema>(
  rows: SelectQueryBuilder<Schema, Table, unknown>,
  columns: readonly (keyof Schema[Table] & string)[],
): Promise<void> => {
  const lengths = columns.map((column) => sql`coalesce(octet_length(${sql.ref(column)}), 0)`)
  const sum = sql<number>`sum(${sql.join(lengths, sql` + `)})`
  const { bytes } = await rows.select(sum.as('bytes')).$castTo<{ bytes: number | null }>().executeTakeFirstOrThrow()
  if ((bytes ?? 0) > mostBytes) throw new PageTooLarge(mostBytes)
}
