/** Expressions that look for a way out of the isolate, and all that they find. */
export type Search = [title: string, expression: string, answer: string]

const absent = 'undefined'

export const waysOut: Search[] = [
  ['the global object of Node', `typeof process + typeof Buffer + typeof global + typeof __dirname`, absent.repeat(4)],
  ['process by the function constructor', `Function('return typeof process')()`, absent],
  ['process by eval', `(0, eval)('typeof process')`, absent],
  ['process by the constructor of a function of api', `api.access.deny.constructor('return typeof process')()`, absent],
  ['process by the constructor of the event', `event.constructor.constructor('return typeof process')()`, absent],
  ['process by the constructor of the console', `console.log.constructor('return typeof process')()`, absent],
  [
    'process by the constructor of a timer',
    `setTimeout(() => {}).constructor.constructor('return typeof process')()`,
    absent,
  ],
  ['process by the constructor of require', `require.constructor('return typeof process')()`, absent],
  ['process by the constructor of the module', `module.constructor.constructor('return typeof process')()`, absent],
  [
    'process by the constructor of an async function',
    `(async () => {}).constructor('return typeof process')()`,
    absent,
  ],
  [
    'process by the constructor of a generator',
    `(function* () {}).constructor('return typeof process')().next().value`,
    absent,
  ],
  [
    'process by an error of the host',
    `(() => { try { api.redirect.sendUserTo('x') } catch (e) { return e.constructor.constructor('return typeof process')() } })()`,
    absent,
  ],
  [
    'process by a stack overflow in our code',
    `(() => { const f = () => { try { f() } catch (e) { try { return api.cache.get('x') } catch (inner) { globalThis.found = inner } } }; f(); return typeof (globalThis.found ?? f).constructor.constructor('return this')().process })()`,
    absent,
  ],
  ['process by the this of a sloppy function', `(function () { return typeof this.process })()`, absent],
  ['the door', `typeof __interlock_open`, absent],
  ['the callers of the handler', `(function inner() { return inner.caller.caller })()`, 'threw TypeError'],
  ['the arguments of a caller', `(function inner() { return inner.caller.arguments })()`, 'threw TypeError'],
  ['a module of Node', `require('fs')`, 'threw Error'],
  ['an import', `import('node:fs')`, 'threw Error'],
  ['an import made from text', `Function('return import("node:fs")')()`, 'threw Error'],
  [
    'an object of isolated-vm',
    `Object.getOwnPropertyNames(globalThis).filter((name) => /^(ivm|isolate|reference)$/i.test(name)).length`,
    '0',
  ],
  ['a realm of its own', `typeof ShadowRealm`, absent],
  ['shared memory', `typeof SharedArrayBuffer + typeof Atomics + typeof WebAssembly`, absent.repeat(3)],
  ['finalizers', `typeof FinalizationRegistry + typeof WeakRef`, absent.repeat(2)],
  ['a debugger', `(() => { debugger; return 'went on' })()`, 'went on'],
  ['natives of V8', `Function('return %GetOptimizationStatus(() => {})')()`, 'threw SyntaxError'],
]
