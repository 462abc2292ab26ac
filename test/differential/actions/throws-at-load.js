// ends with the error of its loading
const settings = JSON.parse('{ "broken": ');
exports.onExecutePostChallenge = async () => settings;
