import type { Vault } from '../../crypto/vault.ts'
import type { Enrollment } from '../../users/enrollment.ts'
import { withoutNulls } from './columns.ts'
import type { EnrollmentRow } from './user-schema.ts'

/** What has a column of its own is written by conditional updates; what only one type has lies in `details`. */
interface Own {
  lastStep?: number
  counter?: number
  codeHash?: string
  secret?: string
}

const placeOf = (tenant: string, id: string) => ({ tenant, table: 'enrollments', id })

export const toEnrollment = (
  vault: Vault,
  { tenant, position: _position, details, ...row }: EnrollmentRow,
): Enrollment => {
  const { secret, ...own }: Own = JSON.parse(details)
  return {
    ...withoutNulls(row),
    ...own,
    ...(secret !== undefined && { secret: vault.open(secret, placeOf(tenant, row.id)) }),
  } as Enrollment
}

export const fromEnrollment = (
  vault: Vault,
  tenant: string,
  enrollment: Enrollment,
): Omit<EnrollmentRow, 'position'> => {
  const { id, userId, type, name, createdAt, lastAuthAt, ...rest } = enrollment
  const { lastStep, counter, codeHash, secret, ...own } = rest as Own
  const details = { ...own, ...(secret !== undefined && { secret: vault.seal(secret, placeOf(tenant, id)) }) }
  return {
    tenant,
    id,
    userId,
    type,
    name: name ?? null,
    createdAt,
    lastAuthAt: lastAuthAt ?? null,
    lastStep: lastStep ?? null,
    counter: counter ?? null,
    codeHash: codeHash ?? null,
    details: JSON.stringify(details),
  }
}
