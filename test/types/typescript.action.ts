import type {
  Event,
  PasswordResetPostChallengeAction,
  PasswordResetPostChallengeAPI,
} from '@interlock/sdk-types/password-reset-post-challenge/v1'

const askForTerms = (event: Event, api: PasswordResetPostChallengeAPI): void => {
  api.prompt.render('terms', { fields: { locale: event.transaction.locale }, vars: { attempt: 1 } })
}

export const onExecutePostChallenge: PasswordResetPostChallengeAction = async (event, api) => {
  if (event.authentication.methods.some(({ name }) => name === 'mfa')) return
  askForTerms(event, api)
}

export const onContinuePostChallenge: PasswordResetPostChallengeAction = async (event, api) => {
  if (event.prompt?.fields?.accepted !== true) api.access.deny('The terms were not accepted.')
}
