/** What the person at the terminal can mend: shown as it is, without a stack. Ends the command with 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}
