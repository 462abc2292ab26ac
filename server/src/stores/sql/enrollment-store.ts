import type { Vault } from '../../crypto/vault.ts'
import type { Enrollment, EnrollmentStore } from '../../users/enrollment.ts'
import { atomically } from './atomically.ts'
import type { Database } from './database.ts'
import { countRows } from './slice.ts'
import { takePositions } from './take-positions.ts'
import { fromEnrollment, toEnrollment } from './to-enrollment.ts'

/** TOTP secrets pass through the vault. */
export const createSqlEnrollmentStore = (db: Database, vault: Vault): EnrollmentStore => ({
  ...reading(db, vault),
  ...writing(db, vault),
  ...consuming(db),
})

const reading = (db: Database, vault: Vault): Pick<EnrollmentStore, 'find' | 'findById' | 'list'> => ({
  async find(tenant, userId, id) {
    const row = await ofUser(db, tenant, userId).where('id', '=', id).executeTakeFirst()
    return row && toEnrollment(vault, row)
  },

  async findById(tenant, id) {
    const rows = db.selectFrom('enrollments').selectAll().where('tenant', '=', tenant).where('id', '=', id)
    const row = await rows.executeTakeFirst()
    return row && toEnrollment(vault, row)
  },

  async list(tenant, userId) {
    const rows = await ofUser(db, tenant, userId).orderBy('position').execute()
    return rows.map((row) => toEnrollment(vault, row))
  },
})

const insert = async (
  db: Database,
  vault: Vault,
  { tenant, enrollment }: { tenant: string; enrollment: Enrollment },
): Promise<void> => {
  const position = await takePositions(db, tenant, { list: 'enrollments', count: 1 })
  await db
    .insertInto('enrollments')
    .values({ ...fromEnrollment(vault, tenant, enrollment), position })
    .execute()
}

const writing = (
  db: Database,
  vault: Vault,
): Pick<EnrollmentStore, 'add' | 'replace' | 'edit' | 'remove' | 'removeAll' | 'touch'> => ({
  add: (tenant, enrollment, bound) =>
    atomically(db, async (transaction) => {
      const own = ofUser(transaction, tenant, enrollment.userId)
      if (bound && (await countRows(own.clearSelect())) >= bound.most) return 'too-many'
      await insert(transaction, vault, { tenant, enrollment })
      return 'added'
    }),

  replace: (tenant, userId, { of, by, most = Number.POSITIVE_INFINITY }) =>
    atomically(db, async (transaction) => {
      const earlier = deletingOf(transaction, tenant, userId)
      const all = await ofUser(transaction, tenant, userId).select('type').execute()
      const stay = of === 'every-type' ? [] : all.filter(({ type }) => type !== of)
      if (stay.length + by.length > Math.max(most, all.length)) return 'too-many'
      await (of === 'every-type' ? earlier : earlier.where('type', '=', of)).execute()
      for (const enrollment of by) await insert(transaction, vault, { tenant, enrollment })
      return 'replaced'
    }),

  edit: (tenant, userId, id, { name, preferredMethod }) =>
    atomically(db, async (transaction) => {
      const found = ofUser(transaction, tenant, userId).where('id', '=', id)
      const stored = await found.executeTakeFirst()
      if (!stored) return undefined
      const own = stored.type === 'phone' && preferredMethod !== undefined ? { preferredMethod } : {}
      const details = JSON.stringify({ ...JSON.parse(stored.details), ...own })
      const edited = { ...stored, details, ...(name !== undefined && { name }) }
      await updating(transaction, tenant, id).set({ name: edited.name, details }).execute()
      return toEnrollment(vault, edited)
    }),

  async remove(tenant, userId, id) {
    const { numDeletedRows } = await deletingOf(db, tenant, userId).where('id', '=', id).executeTakeFirstOrThrow()
    return numDeletedRows === 1n ? 'removed' : 'unknown'
  },

  async removeAll(tenant, userId) {
    await deletingOf(db, tenant, userId).execute()
  },

  async touch(tenant, id, now) {
    await updating(db, tenant, id).set({ lastAuthAt: now }).execute()
  },
})

/** Each is one conditional write whose count of rows tells who won. */
const consuming = (
  db: Database,
): Pick<EnrollmentStore, 'consumeTotpStep' | 'advanceCounter' | 'consumeRecoveryCode'> => ({
  async consumeTotpStep(tenant, id, step, now) {
    const { numUpdatedRows } = await updating(db, tenant, id)
      .where('type', '=', 'totp')
      .where(({ eb, or }) => or([eb('lastStep', 'is', null), eb('lastStep', '<', step)]))
      .set({ lastStep: step, lastAuthAt: now })
      .executeTakeFirstOrThrow()
    return numUpdatedRows === 1n ? 'consumed' : 'replayed'
  },

  async advanceCounter(tenant, id, counter, now) {
    const { numUpdatedRows } = await updating(db, tenant, id)
      .where('type', 'in', ['webauthn-roaming', 'webauthn-platform'])
      // An authenticator that does not count always says 0.
      .where('counter', counter === 0 ? '=' : '<', counter)
      .set({ counter, lastAuthAt: now })
      .executeTakeFirstOrThrow()
    return numUpdatedRows === 1n ? 'advanced' : 'replayed'
  },

  async consumeRecoveryCode(tenant, userId, codeHash) {
    const { numDeletedRows } = await deletingOf(db, tenant, userId)
      .where('type', '=', 'recovery-code')
      .where('codeHash', '=', codeHash)
      .executeTakeFirstOrThrow()
    return numDeletedRows > 0n ? 'consumed' : 'unknown'
  },
})

const ofUser = (db: Database, tenant: string, userId: string) =>
  db.selectFrom('enrollments').selectAll().where('tenant', '=', tenant).where('userId', '=', userId)

const updating = (db: Database, tenant: string, id: string) =>
  db.updateTable('enrollments').where('tenant', '=', tenant).where('id', '=', id)

const deletingOf = (db: Database, tenant: string, userId: string) =>
  db.deleteFrom('enrollments').where('tenant', '=', tenant).where('userId', '=', userId)
