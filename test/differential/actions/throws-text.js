// ends with a text that is thrown
exports.onExecutePostChallenge = async () => { throw 'just text'; };
