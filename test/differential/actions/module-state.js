// keeps state at the level of the module within a run
let calls = 0;
var legacy = 'var';
const memo = new Map();
const fib = n => (n < 2 ? n : memo.get(n) ?? memo.set(n, fib(n - 1) + fib(n - 2)).get(n));
exports.onExecutePostChallenge = async (event, api) => {
  calls += 1;
  console.log(calls, fib(50), memo.size, typeof globalThis.legacy, legacy);
};
