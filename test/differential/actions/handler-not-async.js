// refuses a handler that is not async
exports.onExecutePostChallenge = (event, api) => Promise.resolve(api.access.deny('never'));
