/** A password that comes through the API has to meet the same rules as one that a user chooses. */
import { hashPassword } from '../../../users/password.ts'
import { checkPassword, type PasswordProblem, passwordLength } from '../../../users/password-policy.ts'
import type { User } from '../../../users/user.ts'
import { badRequest } from '../../wire-problem.ts'

const reasons = {
  'too-short': `it needs at least ${passwordLength.smallest} characters`,
  'too-long': `it can have at most ${passwordLength.largest} characters`,
  'same-as-account': 'it contains the name or the address of the account',
} satisfies Record<PasswordProblem, string>

export const hashCheckedPassword = async (
  password: string,
  user: Pick<User, 'email' | 'username'>,
): Promise<string> => {
  const refused = checkPassword(password, user)
  if (refused) throw badRequest(`PasswordStrengthError: Password is too weak: ${reasons[refused]}`)
  return hashPassword(password)
}
