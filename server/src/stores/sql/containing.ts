import { type Expression, type SqlBool, sql } from 'kysely'

/** Whether the column's text has this in it, whatever the case. `text` is not empty. */
export const containing = (column: string, text: string): Expression<SqlBool> => {
  const lower = sql<string>`lower(${sql.ref(column)})`
  return sql<SqlBool>`replace(${lower}, lower(${text}), '') <> ${lower}`
}
