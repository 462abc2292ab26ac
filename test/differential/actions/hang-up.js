// sees a server that hangs up as a failed fetch
exports.onExecutePostChallenge = async (event, api) => {
  await fetch(event.secrets.ORIGIN + '/hang-up').catch(error => {
    console.log(error.name, error.message, error.cause instanceof Error);
    api.access.deny('service down');
  });
};
