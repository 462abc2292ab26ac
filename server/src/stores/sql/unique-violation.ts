/** SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE. */
const sqliteCodes: readonly unknown[] = [1_555, 2_067]

const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && sqliteCodes.includes(error.errcode)

/** Runs an update that may collide with another row of the same name. */
export const orTaken = async <Result>(update: Promise<Result>): Promise<Result | 'taken'> => {
  try {
    return await update
  } catch (error) {
    if (isUniqueViolation(error)) return 'taken'
    throw error
  }
}
