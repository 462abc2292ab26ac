/** Node's `child_process`: nothing is started. The error comes where Node would report a program that is not there. */
import { surroundings } from '../surroundings.ts'
import { exported as EventEmitter } from './events.ts'
import { shaped } from './shaped.ts'
import { sibling } from './siblings.ts'
import { unavailable } from './unavailable.ts'

const reason = 'an action has one process, and starts no other'

const refusalOf = (name: string, file: unknown, args: unknown): Error =>
  Object.assign(unavailable(`child_process.${name}`, reason), {
    syscall: `${name} ${file}`,
    path: file,
    spawnargs: Array.isArray(args) ? args : [],
  })

interface Emitter {
  emit(name: string, ...args: unknown[]): boolean
}

interface Streams {
  Readable: { from(chunks: Iterable<unknown>): object }
  Writable: new (options: object) => object
}

class ChildProcess extends (EventEmitter as new () => Emitter) {
  pid = undefined
  exitCode = null
  signalCode = null
  killed = false
  connected = false
  stdin: object
  stdout: object
  stderr: object
  constructor() {
    super()
    const { Readable, Writable } = sibling('stream') as Streams
    this.stdin = new Writable({ write: (_chunk: unknown, _encoding: unknown, done: () => void) => done() })
    this.stdout = Readable.from([])
    this.stderr = Readable.from([])
  }
  kill() {
    return false
  }
  ref() {}
  unref() {}
}

const start =
  (name: string) =>
  (file: unknown, ...rest: unknown[]): ChildProcess => {
    const child = new ChildProcess()
    const callback = rest.at(-1)
    const error = refusalOf(name, file, rest[0])
    surroundings.nextTick(() => {
      if (typeof callback === 'function') callback(error, '', '')
      else child.emit('error', error)
    }, [])
    return child
  }

const startAndWait = (name: string) => (file: unknown, args: unknown) => {
  throw refusalOf(name, file, args)
}

export const exported = shaped('child_process', reason, {
  ChildProcess,
  spawn: start('spawn'),
  fork: start('fork'),
  exec: start('exec'),
  execFile: start('execFile'),
  execSync: startAndWait('execSync'),
  execFileSync: startAndWait('execFileSync'),
  spawnSync: (file: unknown, args: unknown) => ({
    error: refusalOf('spawnSync', file, args),
    status: null,
    signal: null,
    output: null,
    pid: 0,
    stdout: undefined,
    stderr: undefined,
  }),
})
