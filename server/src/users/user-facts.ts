import type { User } from './user.ts'

/** How a log names a user. */
export const userFacts = ({ id, email, username, connection }: User) => {
  const userName = email ?? username
  return { userId: id, connection, ...(userName !== undefined && { userName }) }
}
