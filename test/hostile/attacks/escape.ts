/** Expressions that look for a way out of the isolate, and all that they find. */
export type Search = [title: string, expression: string, answer: string]

const absent = 'undefined'

/** What actions have under that name is the guest's own: whoever gets there by another way must find the same one. */
const own = 'true'

export const waysOut: Search[] = [
  ['the modules of Node', `typeof __dirname + typeof __filename + typeof process.mainModule`, absent.repeat(3)],
  ['the environment', `Object.keys(process.env).length + String(process.env.PATH)`, '0undefined'],
  ['what the process was started with', `process.argv.concat(process.execArgv).join().includes('interlock')`, 'false'],
  ['the bindings of Node', `process.binding('fs')`, 'threw Error'],
  ['a library of the system', `process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6')`, 'threw Error'],
  ['another process, by process', `process.kill(1, 'SIGKILL')`, 'threw Error'],
  ['another process', `require('child_process').execSync('id')`, 'threw Error'],
  ['a thread', `new (require('worker_threads').Worker)('1', { eval: true })`, 'threw Error'],
  ['a realm by vm', `require('vm').runInNewContext('this.constructor.constructor("return process")()')`, 'threw Error'],
  ['a file', `require('fs').readFileSync('/etc/passwd')`, 'threw Error'],
  ['a folder', `require('node:fs/promises').readdir('/')`, 'threw Error'],
  ['process by the function constructor', `Function('return process')() === process`, own],
  ['process by eval', `(0, eval)('process') === process`, own],
  [
    'process by the constructor of a function of api',
    `api.access.deny.constructor('return process')() === process`,
    own,
  ],
  ['process by the constructor of the event', `event.constructor.constructor('return process')() === process`, own],
  ['process by the constructor of the console', `console.log.constructor('return process')() === process`, own],
  [
    'process by the constructor of a timer',
    `setTimeout(() => {}).constructor.constructor('return process')() === process`,
    own,
  ],
  ['process by the constructor of require', `require.constructor('return process')() === process`, own],
  ['process by the constructor of the module', `module.constructor.constructor('return process')() === process`, own],
  [
    'process by the constructor of an async function',
    `(await (async () => {}).constructor('return process')()) === process`,
    own,
  ],
  [
    'process by the constructor of a generator',
    `(function* () {}).constructor('return process')().next().value === process`,
    own,
  ],
  [
    'process by an error of the host',
    `(() => { try { api.redirect.sendUserTo('x') } catch (e) { return e.constructor.constructor('return process')() === process } })()`,
    own,
  ],
  [
    'process by what a module of Node throws',
    `(() => { try { require('crypto').createHash('none') } catch (e) { return e.constructor.constructor('return process')() === process } })()`,
    own,
  ],
  [
    'process by a stack overflow in our code',
    `(() => { const f = () => { try { f() } catch (e) { try { return api.cache.get('x') } catch (inner) { globalThis.found = inner } } }; f(); return (globalThis.found ?? f).constructor.constructor('return this')().process === process })()`,
    own,
  ],
  ['process by the this of a sloppy function', `(function () { return this.process === process })()`, own],
  ['the door', `typeof __interlock_open`, absent],
  ['the callers of the handler', `(function inner() { return inner.caller.caller })()`, 'threw TypeError'],
  ['the arguments of a caller', `(function inner() { return inner.caller.arguments })()`, 'threw TypeError'],
  ['a file by an import', `(await import('node:fs')).readFileSync('/etc/passwd')`, 'threw Error'],
  ['an import made from text', `Function('return import("node:fs")')()`, 'threw Error'],
  ['a module of ours', `require('interlock:guest')`, 'threw Error'],
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
