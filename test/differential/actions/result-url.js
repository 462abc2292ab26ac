// sets where the user lands, the last call counts
exports.onExecutePostChallenge = async (event, api) => {
  api.transaction.setResultUrl('https://app.acme.example/done?keep=1');
  api.transaction.setResultUrl('https://app.acme.example/done?keep=1', { query: { user: event.user.email, keep: 'ü' } });
};
