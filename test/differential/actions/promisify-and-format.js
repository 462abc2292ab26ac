// uses promisify, format, inspect and other parts of util
const util = require('util');
const sleep = util.promisify(setTimeout);
exports.onExecutePostChallenge = async (event, api) => {
  console.log(await sleep(2, 'slept'), util.format('%s=%d %j', 'a', 1, { b: 2 }, 'more'), util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0, compact: false }));
  console.log(util.inspect(new Map([['k', [1, 2]]]), { showHidden: true }), util.inspect('str'), util.inspect({ a: 1n, b: Symbol('x') }, false, null, true));
  const callback = (a, b, done) => (a > b ? done(new Error('bigger')) : done(null, a + b));
  console.log(await util.promisify(callback)(1, 2), await util.promisify(callback)(3, 2).catch(e => e.message));
  util.callbackify(async v => v * 2)(21, (error, value) => console.log('called back', error, value));
  await sleep(2);
  console.log(util.isDeepStrictEqual({ a: [1, new Date(0)] }, { a: [1, new Date(0)] }), util.types.isPromise(Promise.resolve()), util.types.isRegExp(/x/), util.stripVTControlCharacters('\u001b[31mred\u001b[0m'));
  function Old() {} function Base() {} Base.prototype.hi = () => 'hi'; util.inherits(Old, Base);
  console.log(new Old().hi(), Old.super_ === Base, util.inspect(new Old()), util.inspect({ [util.inspect.custom]: () => 'custom' }), util.deprecate(() => 'old', 'is old')());
};
