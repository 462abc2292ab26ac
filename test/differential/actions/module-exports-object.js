// exports an object with handlers and other things
const handler = async (event, api) => { console.log('handled', Object.keys(module.exports)); };
module.exports = { onExecutePostChallenge: handler, helper: () => 1, VERSION: '1.2.3' };
