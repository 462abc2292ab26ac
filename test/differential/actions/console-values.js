// shows nested objects, Maps, Sets, dates, symbols and classes
class Account {
  #hidden = 1;
  static count = 2;
  constructor(id) { this.id = id; }
  get label() { return `#${this.id}`; }
}
exports.onExecutePostChallenge = async (event, api) => {
  console.log(new Map([['a', { b: new Set([1, 'two', [3]]) }]]), new WeakMap(), new Account(7), Account);
  console.log([undefined, null, NaN, -0, 1e21, 0xffn, true], [, 1, , ,], new Array(120).fill(0), Object.create(null), Object.create({ a: 1 }));
  console.log({ 'a-b': 1, [Symbol('k')]: 2, get x() { return 1; }, set x(v) {}, fn() {}, arrow: () => {}, async later() {} });
  console.log(new Date(86400000), new Date(NaN), /a+b/gi, Symbol.iterator);
  console.log(event);
  console.log([[[[[1]]]]], { a: { b: { c: { d: 1 } } } }, 'x'.repeat(200), ['y'.repeat(90), 'z'.repeat(90)]);
  console.log(new Uint8Array(3), new Float64Array([1.5]), new ArrayBuffer(4), new DataView(new ArrayBuffer(2)));
  const circle = { name: 'c' }; circle.self = circle; circle.list = [circle];
  console.log(circle);
  console.log([1.0, 2.5, 'str', { k: 'v' }].map(v => typeof v), Object.assign(() => {}, { prop: 1 }), new (class extends Map {})(), new (class Foo extends Array {})(3));
  console.log(new Boolean(false), new String('str'), Object(1n), [new Number(3)], (function () { return arguments; })(1, 2));
};
