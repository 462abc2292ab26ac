// brings small helpers of its own in lodash's manner
const get = (o, path, d) => path.split('.').reduce((v, k) => (v == null ? v : v[k]), o) ?? d;
const groupBy = (list, f) => list.reduce((all, x) => ((all[f(x)] ||= []).push(x), all), {});
const debounceLike = (f, n) => { let c = 0; return (...a) => (++c >= n ? f(...a) : undefined); };
const pick = (o, ...keys) => Object.fromEntries(Object.entries(o).filter(([k]) => keys.includes(k)));
const chunk = (a, n) => (a.length ? [a.slice(0, n), ...chunk(a.slice(n), n)] : []);
const merge = (a, b) => Object.entries(b).reduce((o, [k, v]) => ({ ...o, [k]: v && typeof v === 'object' && !Array.isArray(v) ? merge(o[k] ?? {}, v) : v }), a);
exports.onExecutePostChallenge = async (event, api) => {
  console.log(get(event, 'user.app_metadata.tags.1'), get(event, 'a.b.c', 'default'));
  console.log(groupBy(event.user.enrolledFactors, f => f.type.length), pick(event.user, 'name', 'email'), chunk([1, 2, 3, 4, 5], 2));
  const f = debounceLike(x => x * 2, 2);
  console.log(f(1), f(2), merge({ a: { b: 1 } }, { a: { c: [2] }, d: null }), structuredClone({ d: new Date(0), m: new Map([[1, { x: /r/ }]]) }));
  console.log(Object.groupBy([1, 2, 3], n => (n % 2 ? 'odd' : 'even')), [3, 1, 2].toSorted(), [1, 2, 3].findLast(n => n < 3), 'a-b-c'.replaceAll('-', '+'));
};
