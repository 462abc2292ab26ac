/** The reason of a rejection nobody handled, as isolated-vm copied it out: plain data, or an error of this process made of it. */

const longest = 1_536

/** As the author's log shows it, with the frames of their code only. */
export const describeRejection = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return String(thrown).slice(0, longest)
  if (thrown.message.startsWith(noError)) return 'a value that is no error'
  const { stack = '', name, message } = thrown
  const [guestStack = '', below] = stack.split(boundary, 2)
  return (below === undefined ? `${name}: ${message}` : guestStack.trimEnd()).slice(0, longest)
}

/** isolated-vm's words for what it cannot copy. */
const noError = 'An object was thrown from supplied code within isolated-vm'
/** Its mark in a stack: what follows are the frames of this process. */
const boundary = '    at (<isolated-vm boundary>)'
