// ends the run where a prompt and a redirect contradict each other
exports.onExecutePostChallenge = async (event, api) => {
  api.redirect.sendUserTo('https://a.example/');
  try {
    api.prompt.render('form');
  } catch (error) {
    console.log('caught', error.message);
  }
};
