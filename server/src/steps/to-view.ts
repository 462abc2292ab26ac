/** The page that belongs to where a journey stands. */
import { problem } from '../errors.ts'
import type { FactorRegistry } from '../factors/factor.ts'
import type { ChallengeState } from '../flow/state.ts'
import type { Opened } from './open-transaction.ts'
import type { View } from './view.ts'

const challengeView = (state: ChallengeState, { subject }: Opened, factors: FactorRegistry): View => {
  if (state.progress.stage !== 'asking') return { page: 'choose-factor', choices: state.offered }
  const factor = factors.get(state.progress.factor.type)
  if (!factor) throw problem('ERR_INTERNAL')
  return {
    page: 'challenge',
    challenge: factor.view(subject, state.progress.begun),
    others: state.offered.length > 1 ? 'possible' : 'none',
  }
}

/** The user's address is added to the result URL where the ticket asked for it. */
const resultUrl = ({ transaction, subject }: Opened): string | undefined => {
  const { journey, includesEmailInRedirect } = transaction
  if (journey.resultUrl === undefined) return undefined
  const url = new URL(journey.resultUrl)
  if (includesEmailInRedirect && subject.user.email) url.searchParams.set('email', subject.user.email)
  return url.href
}

export const toView = (opened: Opened, factors: FactorRegistry): View => {
  const { state } = opened.transaction.journey
  switch (state.name) {
    case 'confirming':
    case 'running':
      return { page: 'wait' }
    case 'challenging':
      return challengeView(state, opened, factors)
    case 'redirecting':
      return { page: 'wait' }
    case 'prompting':
      return { page: 'prompt', id: state.prompt.id, fields: state.prompt.fields ?? {} }
    case 'choosing-password':
      return { page: 'new-password', email: opened.subject.user.email ?? '' }
    case 'completed': {
      const url = resultUrl(opened)
      return url === undefined ? { page: 'done' } : { page: 'done', resultUrl: url }
    }
    case 'denied':
      return { page: 'denied', reason: state.reason }
    case 'failed':
      return { page: 'failed', because: state.because }
    case 'expired':
      return { page: 'expired' }
  }
}
