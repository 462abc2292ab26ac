// records every denial in its order
exports.onExecutePostChallenge = async (event, api) => {
  api.access.deny('first');
  api.access.deny('second');
  console.warn('both recorded');
};
