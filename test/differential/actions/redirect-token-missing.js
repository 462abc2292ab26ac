// fails with the vendor's words where the token is missing or wrong
exports.onExecutePostChallenge = async (event, api) => {
  api.redirect.sendUserTo('https://verify.acme.example/a b?q=ä#frag', { query: { 'k y': 'a&b=c', ä: 'ö' } });
};
exports.onContinuePostChallenge = async (event, api) => {
  try {
    api.redirect.validateToken({ secret: 'wrong' });
  } catch (error) {
    console.log(error.name, error.message);
  }
  api.redirect.validateToken({ secret: event.secrets.SIGNING_SECRET, tokenParameterName: 'nothing' });
};
