/** Node's `fs/promises`. */

import { failureOf } from './fs/fail.ts'
import { fileCalls } from './fs/file-calls.ts'
import { shaped } from './shaped.ts'
import { fileConstants } from './system-constants.ts'

const calls = Object.entries(fileCalls).map(([name, call]) => [
  name,
  async (...args: unknown[]): Promise<void> => {
    const error = failureOf(call, args)
    if (error) throw error
  },
])

export const exported = shaped('fs/promises', 'there is no file system', {
  ...Object.fromEntries(calls.filter(([name]) => isOffered(name as string))),
  glob: async function* () {},
  constants: fileConstants,
})

/** What takes a file descriptor has no form with promises. */
function isOffered(name: string): boolean {
  return fileCalls[name]?.paths !== 0
}
