// carries a request id through callbacks with AsyncLocalStorage.run
const { AsyncLocalStorage } = require('async_hooks');
const storage = new AsyncLocalStorage();
const log = text => console.log(`[${storage.getStore()?.id ?? '-'}]`, text);
exports.onExecutePostChallenge = async (event, api) => {
  log('outside');
  await storage.run({ id: event.transaction.correlation_id }, () => new Promise(done => {
    log('inside');
    setTimeout(() => { log('in a timer'); queueMicrotask(() => { log('in a microtask'); done(); }); }, 2);
  }));
  log('outside again');
};
