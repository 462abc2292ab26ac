// uses generators, async iteration, proxies, symbols and big integers
async function* ticks(n) { for (let i = 0; i < n; i++) { await null; yield i; } }
exports.onExecutePostChallenge = async (event, api) => {
  const seen = [];
  for await (const t of ticks(3)) seen.push(t);
  const safe = new Proxy({}, { get: (t, k) => (typeof k === 'string' ? `<${k}>` : undefined), has: () => true });
  console.log(seen, safe.anything, 'x' in safe, 2n ** 64n, BigInt.asUintN(8, 257n), Reflect.ownKeys({ a: 1, [Symbol.for('s')]: 2 }));
  label: for (const a of [1, 2]) for (const b of [1, 2]) { if (a * b === 2) continue label; if (b > 2) break label; }
  using_it: { const { a = 1, ...rest } = { b: 2, c: 3 }; console.log(a, rest); break using_it; }
  console.log([..."ab"].entries().toArray?.(), Array.from({ length: 3 }, (_, i) => i ** 2), Math.max(...[1, 5, 3]), [1, [2, [3]]].flat(Infinity), Number('0x1f'), parseInt('12px'), (25).toString(36), 0.1 + 0.2, (1.005).toFixed(2), Number.MAX_SAFE_INTEGER);
};
