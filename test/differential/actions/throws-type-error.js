// ends with the language's own error
exports.onExecutePostChallenge = async (event, api) => { event.user.nothing.more(); };
