// gives up on a slow service by AbortSignal.timeout and lets the user pass
exports.onExecutePostChallenge = async (event, api) => {
  try {
    await fetch(event.secrets.ORIGIN + '/slow', { signal: AbortSignal.timeout(150) });
  } catch (error) {
    console.error(error.name, error.message, error instanceof Error, error.code);
    if (error.name !== 'TimeoutError') throw error;
  }
  api.authentication.challengeWith({ type: 'email' });
};
