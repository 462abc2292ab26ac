// takes the first of two arguments of deny as the reason
exports.onExecutePostChallenge = async (event, api) => {
  if (event.authorization.roles.some(role => role === 'admin')) {
    const answer = api.access.deny('unauthorized', `Admins ask the help desk, ${event.user.name}.`);
    console.log('answer:', answer);
  }
};
