/** Lists in the order of their `position`, cut by page or by checkpoint. */
import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type { Slice, Sliced } from '../../page.ts'

/** One row more than asked for tells that something follows. */
export const cut = <Database, Table extends keyof Database, Output>(
  query: SelectQueryBuilder<Database, Table, Output>,
  slice: Slice,
  position = 'position',
): SelectQueryBuilder<Database, Table, Output> => {
  const ordered = query.orderBy(sql.ref(position)).limit(slice.limit + 1)
  return 'after' in slice
    ? ordered.where(sql<SqlBool>`${sql.ref(position)} > ${slice.after}`)
    : ordered.offset(slice.offset)
}

export const toSliced = <Row extends { position: number }, Item>(
  rows: readonly Row[],
  { limit, total, toItem }: { limit: number; total: number; toItem: (row: Row) => Item },
): Sliced<Item> => {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const items = shown.map(toItem)
  return rows.length > limit && last ? { items, total, next: last.position } : { items, total }
}

export const countRows = async <Database, Table extends keyof Database, Output>(
  query: SelectQueryBuilder<Database, Table, Output>,
): Promise<number> => {
  const counting = query.select(sql`count(*)`.as('count')).$castTo<{ count: unknown }>()
  return Number((await counting.executeTakeFirstOrThrow()).count)
}
