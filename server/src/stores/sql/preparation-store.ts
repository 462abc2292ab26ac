/** What the runtime has prepared of versions. It goes with the last artifact it belongs to (action-artifacts.ts). */
import type { Preparation, PreparationStore } from '@interlock/runtime'
import type { Clock } from '../../ports.ts'
import type { Connection } from './action-rows.ts'
import type { Database } from './database.ts'

/** While a new release of the server comes in, nodes of both work side by side. */
const enginesKept = 2

const dropOldEngines = async (db: Connection, tenant: string, artifact: string): Promise<void> => {
  const old = db
    .selectFrom('preparations')
    .select('engine')
    .where('tenant', '=', tenant)
    .where('artifact', '=', artifact)
    .orderBy('madeAt', 'desc')
    .limit(100)
    .offset(enginesKept)
  await db
    .deleteFrom('preparations')
    .where('tenant', '=', tenant)
    .where('artifact', '=', artifact)
    .where('engine', 'in', old)
    .execute()
}

export const createSqlPreparationStore = (db: Database, clock: Clock): PreparationStore => ({
  async find(tenant, { artifact, engine }) {
    const row = await db
      .selectFrom('preparations')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('artifact', '=', artifact)
      .where('engine', '=', engine)
      .executeTakeFirst()
    if (!row) return undefined
    const { kind, refused, bytes, sha256 } = row
    return {
      kind: kind as Preparation['kind'],
      ...(refused !== null && { refused }),
      bytes: Buffer.from(bytes, 'base64'),
      sha256,
    }
  },

  keep: (tenant, { artifact, engine }, { kind, refused = null, bytes, sha256 }) =>
    db.transaction().execute(async (transaction) => {
      const content = { kind, refused, bytes: Buffer.from(bytes).toString('base64'), sha256, madeAt: clock.now() }
      await transaction
        .insertInto('preparations')
        .values({ tenant, artifact, engine, ...content })
        .onConflict((conflict) => conflict.columns(['tenant', 'artifact', 'engine']).doUpdateSet(content))
        .execute()
      await dropOldEngines(transaction, tenant, artifact)
    }),
})
