// goes on without a package that is not there
let tracer;
try {
  tracer = require('some-tracer-that-is-not-there');
} catch (e) {
  console.log(e.code, e instanceof Error, e.message.split('\n')[0]);
  tracer = { span: (name, fn) => fn(name) };
}
exports.onExecutePostChallenge = async (event, api) => {
  console.log(tracer.span('work', name => `did ${name}`), typeof require, typeof module, typeof exports, typeof __dirname, this === undefined);
  const name = ['not', 'there'].join('-');
  try { require(name); } catch ({ code }) { console.log(code); }
};
