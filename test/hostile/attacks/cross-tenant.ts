/** What one tenant leaves behind, and what the next one finds by looking for it: nothing. */
export interface Trespass {
  title: string
  /** Run by one tenant. */
  leave: string
  /** An expression, evaluated in a run of another tenant, and in another run of the same. */
  look: string
  answer: string
}

export const trespasses: Trespass[] = [
  { title: 'a global', leave: `globalThis.left = 'left'`, look: `typeof left`, answer: 'undefined' },
  {
    title: 'a field of every object',
    leave: `Object.prototype.left = 'left'`,
    look: `typeof {}.left`,
    answer: 'undefined',
  },
  {
    title: 'a method of arrays',
    leave: `Array.prototype.map = () => ['left']`,
    look: `[1].map((n) => n)`,
    answer: '1',
  },
  { title: 'the last match', leave: `/(left)/.test('left')`, look: `RegExp.$1`, answer: '' },
  {
    title: 'a symbol of the registry',
    leave: `globalThis[Symbol.for('left')] = 'left'; Object.prototype[Symbol.for('left')] = 'left'`,
    look: `typeof ({})[Symbol.for('left')]`,
    answer: 'undefined',
  },
  { title: 'JSON', leave: `JSON.stringify = () => 'left'`, look: `JSON.stringify(1)`, answer: '1' },
  {
    title: 'promises',
    leave: `Promise.prototype.then = () => 'left'`,
    look: `typeof Promise.resolve(1).then().then`,
    answer: 'function',
  },
  {
    title: 'the console',
    leave: `console.log = null; console.left = 'left'`,
    look: `typeof console.log + typeof console.left`,
    answer: 'functionundefined',
  },
  {
    title: 'the api',
    leave: `api.access.deny = null; api.left = 'left'; Object.getPrototypeOf(api).left = 'left'`,
    look: `typeof api.access.deny + typeof api.left`,
    answer: 'functionundefined',
  },
  {
    title: 'the event',
    leave: `event.user.left = 'left'; event.left = 'left'`,
    look: `typeof event.user.left + typeof event.left`,
    answer: 'undefinedundefined',
  },
  {
    title: 'state of the module',
    leave: `module.exports.left = 'left'; exports.left = 'left'`,
    look: `typeof module.exports.left`,
    answer: 'undefined',
  },
  {
    title: 'what stacks look like',
    leave: `Error.prepareStackTrace = () => 'left'; Error.stackTraceLimit = 0`,
    look: `new Error('x').stack.startsWith('Error: x')`,
    answer: 'true',
  },
]
