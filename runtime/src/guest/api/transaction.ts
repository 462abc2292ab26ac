import type { PasswordResetPostChallengeAPI } from '@interlock/sdk-types'
import type { Recorder } from '../recorder.ts'
import { readTargetUrl } from '../target-url.ts'

export const createTransaction = (recorder: Recorder): PasswordResetPostChallengeAPI['transaction'] => {
  const readUrl = readTargetUrl('transaction.setResultUrl')
  return {
    setResultUrl: (url, options) => {
      recorder.record({ type: 'transaction.setResultUrl', url: readUrl(url, options) })
    },
  }
}
