import type { PasswordResetPostChallengeAPI } from '@interlock/sdk-types'
import type { HostCall } from '../host-call.ts'
import type { Recorder } from '../recorder.ts'
import { readTargetUrl } from '../target-url.ts'

export const createTransaction = (
  recorder: Recorder,
  callHost: HostCall,
): PasswordResetPostChallengeAPI['transaction'] => {
  const readUrl = readTargetUrl(callHost, 'transaction.setResultUrl')
  return {
    setResultUrl: (url, options) => {
      recorder.record({ type: 'transaction.setResultUrl', url: readUrl(url, options) })
    },
  }
}
