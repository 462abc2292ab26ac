// throws Invalid URL for a relative address
exports.onExecutePostChallenge = async (event, api) => {
  try {
    api.redirect.sendUserTo('/relative');
  } catch (error) {
    console.log(error instanceof TypeError, error.message, error.code);
  }
  new URL('not a url');
};
