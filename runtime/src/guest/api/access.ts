import type { PasswordResetPostChallengeAPI } from '@interlock/sdk-types'
import { requireString, wrongArgument } from '../argument.ts'
import { quota } from '../quota.ts'
import type { Recorder } from '../recorder.ts'

const reasonOfDeny = { method: 'access.deny', name: 'reason' }

/** `deny(a, b)`, the form of other triggers, is in real use: the first argument is the reason, the second is dropped. */
export const createAccess = (recorder: Recorder): PasswordResetPostChallengeAPI['access'] => ({
  deny: (reason) => {
    const text = requireString(reasonOfDeny, reason)
    if (text.length > quota.reasonLength)
      throw wrongArgument(reasonOfDeny, `must be at most ${quota.reasonLength} characters`)
    recorder.record({ type: 'access.deny', reason: text })
  },
})
