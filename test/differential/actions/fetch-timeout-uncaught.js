// ends with the timeout where nobody catches it
exports.onExecutePostChallenge = async (event, api) => {
  await fetch(event.secrets.ORIGIN + '/slow', { signal: AbortSignal.timeout(150) });
};
