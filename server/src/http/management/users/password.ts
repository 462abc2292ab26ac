/** A password that comes through the API has to meet the same rules as one that a user chooses. */
import { type Connection, keepsPasswords } from '../../../connections/connection.ts'
import { hashInTurn } from '../../../users/hash-in-turn.ts'
import { checkPassword, type PasswordProblem, passwordLength } from '../../../users/password-policy.ts'
import { badRequest, invalidBody } from '../../wire-problem.ts'

const reasons = {
  'too-short': `it needs at least ${passwordLength.smallest} characters`,
  'too-long': `it can have at most ${passwordLength.largest} characters`,
  'same-as-account': 'it contains the name or the address of the account',
} satisfies Record<PasswordProblem, string>

interface Account {
  tenant: string
  connection: Connection
  email?: string | undefined
  username?: string | undefined
}

export const hashCheckedPassword = async (
  password: string,
  { tenant, connection, email, username }: Account,
): Promise<string> => {
  if (!keepsPasswords(connection)) {
    throw invalidBody(`The connection '${connection.name}' keeps its passwords elsewhere`, 'password')
  }
  const names = { ...(email !== undefined && { email }), ...(username !== undefined && { username }) }
  const refused = checkPassword(password, names)
  if (refused) throw badRequest(`PasswordStrengthError: Password is too weak: ${reasons[refused]}`)
  return hashInTurn(tenant, password)
}
