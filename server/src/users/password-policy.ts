/**
 * What a new password must be, after NIST SP 800-63B: long enough, and not the name on the door. No rules about kinds of
 * characters: they make passwords worse.
 *
 * - a character is a Unicode code point of the NFKC form, which is what gets hashed
 * - at most 128, twice what NIST asks to accept: nobody types more, and hashing stays cheap
 * - the address, its local part and the user name may not occur in it; names under four characters are not looked for, as
 *   they occur in too many good passwords
 */
import type { User } from './user.ts'

export type PasswordProblem = 'too-short' | 'too-long' | 'same-as-account'

export const passwordLength = { smallest: 8, largest: 128 }
const shortestName = 4

export const checkPassword = (
  password: string,
  user: Pick<User, 'email' | 'username'>,
): PasswordProblem | undefined => {
  const text = password.normalize('NFKC')
  const length = [...text].length
  if (length < passwordLength.smallest) return 'too-short'
  if (length > passwordLength.largest) return 'too-long'
  if (namesOf(user).some((name) => text.toLowerCase().includes(name))) return 'same-as-account'
  return undefined
}

const namesOf = ({ email, username }: Pick<User, 'email' | 'username'>): string[] =>
  [email, email?.split('@')[0], username]
    .filter((name) => name !== undefined)
    .map((name) => name.normalize('NFKC').toLowerCase())
    .filter((name) => name.length >= shortestName)
