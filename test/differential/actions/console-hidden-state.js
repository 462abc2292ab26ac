// shows promises, iterators and proxies
exports.onExecutePostChallenge = async (event, api) => {
  console.log(Promise.resolve(4), new Set([1]).entries(), new Proxy({ p: 1 }, {}), { *many() {} });
};
