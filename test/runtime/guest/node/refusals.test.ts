/** What cannot work for actions: it loads, and fails by name, where and as Node would deliver an error. */
import { describe, expect, test } from 'vitest'
import { evaluate, runBody } from '../run-guest.ts'
import { differencesFromNode } from '../same-as-node.ts'

/** What a call comes to: an error that was thrown, rejected, handed to a callback, or emitted. */
const setup = `
  const told = ({ code, message, syscall }) => [code, message, syscall]
  const thrown = async (call) => { try { await call(); return 'nothing' } catch (error) { return told(error) } }
  const called = (call) => new Promise((done) => call((error) => done(told(error))))
  const emitted = (emitter) => new Promise((done) => emitter.on('error', (error) => done(told(error))))
`

test.each([
  'cluster',
  'child_process',
  'dgram',
  'dns',
  'dns/promises',
  'domain',
  'fs',
  'fs/promises',
  'http2',
  'inspector',
  'inspector/promises',
  'net',
  'readline',
  'readline/promises',
  'repl',
  'tls',
  'trace_events',
  'v8',
  'vm',
  'wasi',
  'worker_threads',
])('%s loads', async (name) => {
  expect(await evaluate(`require('${name}') === require('node:${name}')`)).toBe(true)
})

test.each([
  [`thrown(() => require('child_process').execSync('ls'))`, 'child_process.execSync'],
  [`called((done) => require('child_process').exec('ls', done))`, 'child_process.exec'],
  [`emitted(require('child_process').spawn('ls', ['-l']))`, 'child_process.spawn'],
  [`told(require('child_process').spawnSync('ls').error)`, 'child_process.spawnSync'],
  [`thrown(() => new (require('worker_threads').Worker)('./x.js'))`, 'worker_threads.Worker'],
  [`emitted(require('net').connect(5432, 'db.example'))`, 'net.connect'],
  [`emitted(new (require('net').Socket)().setNoDelay().setKeepAlive(true).connect({ port: 1 }))`, 'net.connect'],
  [`emitted(require('tls').connect({ host: 'db.example', port: 1 }))`, 'net.connect'],
  [`thrown(() => require('net').createServer())`, 'net.createServer'],
  [`thrown(() => require('http').createServer())`, 'http.createServer'],
  [`thrown(() => require('http2').connect('https://a.example'))`, 'http2.connect'],
  [`called((done) => require('dns').lookup('a.example', done))`, 'dns.lookup'],
  [`called((done) => require('dns').resolve4('a.example', done))`, 'dns.resolve4'],
  [`called((done) => new (require('dns').Resolver)().resolveMx('a.example', done))`, 'dns.resolveMx'],
  [`thrown(() => require('dns').promises.resolveTxt('a.example'))`, 'dns.resolveTxt'],
  [`called((done) => require('dgram').createSocket('udp4').send('x', 1, 'a.example', done))`, 'dgram.Socket.send'],
  [`emitted(require('dgram').createSocket('udp4').bind(1))`, 'dgram.Socket.bind'],
  [`thrown(() => require('vm').runInNewContext('1'))`, 'vm.runInNewContext'],
  [`thrown(() => require('v8').getHeapStatistics())`, 'v8.getHeapStatistics'],
  [`thrown(() => require('readline').createInterface({}))`, 'readline.createInterface'],
  [`thrown(() => require('cluster').fork())`, 'cluster.fork'],
  [`thrown(() => require('os').userInfo())`, 'os.userInfo'],
  [`thrown(() => process.exit(1))`, 'process.exit'],
  [`thrown(() => process.kill(1))`, 'process.kill'],
  [`thrown(() => process.abort())`, 'process.abort'],
  [`thrown(() => process.memoryUsage())`, 'process.memoryUsage'],
  [`thrown(() => require('async_hooks').createHook({}))`, 'async_hooks.createHook'],
])('%s says what is not available, and why', async (call, name) => {
  const told = await evaluate(`(async () => await ${call})()`, setup)
  const [code, message] = told as [string, string]
  expect(code).toBe('ERR_NOT_AVAILABLE')
  expect(message).toMatch(new RegExp(`^${name.replaceAll('.', '\\.')} is not available to actions: .{3,}`))
})

describe('a file system that is empty and cannot be written to', () => {
  const file = '/nowhere/of/that/name'
  test('says what Node says of files that are not there', async () => {
    const calls = [
      `readFile('${file}')`,
      `stat('${file}')`,
      `lstat('${file}')`,
      `access('${file}')`,
      `readdir('${file}')`,
      `readlink('${file}')`,
      `open('${file}')`,
      `unlink('${file}')`,
      `rmdir('${file}')`,
      `rename('${file}', '/b')`,
      `copyFile('${file}', '/b')`,
      `chmod('${file}', 1)`,
      `utimes('${file}', 1, 1)`,
    ]
    const facts = `({ code, message, errno, syscall, path, dest }) => [code, message, errno, syscall, path, dest]`
    const expressions = calls.flatMap((call) => [
      `require('fs').promises.${call}.catch(${facts})`,
      `new Promise((done) => require('fs').${call.slice(0, -1)}, (error) => done((${facts})(error))))`,
      `(() => { try { require('fs').${call.replace('(', 'Sync(')} } catch (error) { return (${facts})(error) } })()`,
    ])
    expect(await differencesFromNode(expressions)).toEqual([])
  })

  test('says what Node says of wrong arguments and closed files', async () => {
    const expressions = [
      `require('fs').existsSync('${file}')`,
      `require('fs').readFileSync()`,
      `require('fs').readFileSync('a\\0b')`,
      `require('fs').readFile('a')`,
      `require('fs').rmSync('${file}', { force: true })`,
      `require('fs').closeSync(4321)`,
      `require('fs').fstatSync(4321)`,
      `require('fs').readFileSync(4321)`,
      `new Promise((done) => require('fs').createReadStream('${file}').on('error', ({ code, syscall }) => done([code, syscall])))`,
    ]
    expect(await differencesFromNode(expressions)).toEqual([])
  })

  test.each(['writeFileSync', 'appendFileSync', 'mkdirSync'])('%s is refused as read-only', async (name) => {
    const tried = `(() => { try { require('fs').${name}('/a', 'b') } catch ({ code, errno }) { return [code, errno] } })()`
    expect(await evaluate(tried)).toEqual(['EROFS', -30])
  })
})

test('addresses are told apart as in Node', async () => {
  const texts = [
    '1.2.3.4',
    '01.2.3.4',
    '1.2.3',
    '::1',
    '::',
    'fe80::1%eth0',
    '::ffff:1.2.3.4',
    '1::2::3',
    'a',
    '',
    '256.1.1.1',
    ':::1',
    '2001:db8::',
  ]
  const expressions = texts.flatMap((text) =>
    ['isIP', 'isIPv4', 'isIPv6'].map((name) => `require('net').${name}('${text}')`),
  )
  expect(await differencesFromNode(expressions)).toEqual([])
})

test('an address needs no name server', async () => {
  const lookups = `Promise.all([
    new Promise((done) => require('dns').lookup('192.0.2.1', (...args) => done(args))),
    new Promise((done) => require('dns').lookup('::1', { all: true }, (...args) => done(args))),
    require('dns').promises.lookup('192.0.2.1'),
  ])`
  expect(await evaluate(lookups)).toEqual([
    [null, '192.0.2.1', 4],
    [null, [{ address: '::1', family: 6 }]],
    { address: '192.0.2.1', family: 4 },
  ])
})

test('a socket nobody listens to ends the run, as in Node', async () => {
  const end = await runBody(`require('net').connect(1); await new Promise(() => {})`)
  expect(end).toMatchObject({ ending: 'threw', error: { code: 'ERR_NOT_AVAILABLE' } })
})

test('what refuses has the name and length of Node’s, and can be inherited from', async () => {
  const looked = `[require('http').createServer.name, require('vm').Script.length, new (class extends require('tty').ReadStream { constructor() { return {} } })() !== undefined]`
  expect(await evaluate(looked)).toEqual(['createServer', 1, true])
})
