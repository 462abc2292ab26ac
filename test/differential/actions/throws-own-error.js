// ends with an error class of its own, with a code
class UpstreamError extends Error {
  constructor(message, code) { super(message); this.code = code; }
}
exports.onExecutePostChallenge = async (event, api) => {
  console.log('before');
  api.access.deny('dropped with the error');
  throw new UpstreamError(`upstream said no to ${event.user.email}`, 'E_UPSTREAM');
};
