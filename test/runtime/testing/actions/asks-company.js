exports.onExecutePostChallenge = async (_event, api) => {
  api.authentication.challengeWith({ type: 'otp' })
  api.prompt.render('company', { fields: { company: 'Your company' }, vars: { tries: 1 } })
}

exports.onContinuePostChallenge = async (event, api) => {
  const passed = event.authentication.methods.filter(({ name }) => name === 'mfa').map(({ type }) => type)
  api.access.deny(`${event.request.method} ${event.user.name} ${JSON.stringify(event.prompt)} ${passed}`)
}
