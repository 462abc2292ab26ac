/** The management API answers an execution by its id only, as the vendor's does; the ids stand in the server's database. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Oldest first. */
export const executionIds = (dataDir: string, tenant: string, userId: string): string[] => {
  const file = new DatabaseSync(join(dataDir, 'interlock.db'), { readOnly: true })
  try {
    const rows = file
      .prepare('select id from executions where tenant = ? and user_id = ? order by created_at')
      .all(tenant, userId)
    return rows.map(({ id }) => String(id))
  } finally {
    file.close()
  }
}
