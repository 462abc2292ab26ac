// tells a connection that was refused by the code of its cause
exports.onExecutePostChallenge = async (event, api) => {
  for (const url of ['http://127.0.0.1:1/none', 'http://127.0.0.1:3/none']) {
    await fetch(url).catch(error => console.log(error.name, error.message, error instanceof TypeError));
  }
  await fetch('nonsense').catch(error => console.log(error.name, error.message));
};
