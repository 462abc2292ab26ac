/**
 * Node's `process`, module and global. It is the same on every machine, knows its environment as empty, and cannot end the
 * process it is in. The version is the one of the vendor's runtime, which packages compare with what they need.
 */
import { invalidArgumentType } from '../node-error.ts'
import { surroundings } from '../surroundings.ts'
import { exported as EventEmitter } from './events.ts'
import { clock } from './process/clock.ts'
import { createEnvironment } from './process/environment.ts'
import { createStandardStreams } from './process/output.ts'
import { createEmitWarning } from './process/warning.ts'
import { shaped } from './shaped.ts'
import { sibling } from './siblings.ts'

const nodeVersion = '22.22.0'

const facts = {
  version: `v${nodeVersion}`,
  versions: { node: nodeVersion },
  arch: 'x64',
  platform: 'linux',
  release: { name: 'node', lts: 'Jod' },
  title: 'node',
  argv: ['/usr/local/bin/node', '/action.js'],
  argv0: 'node',
  execArgv: [],
  execPath: '/usr/local/bin/node',
  pid: 1,
  ppid: 0,
  debugPort: 9229,
  exitCode: undefined,
  domain: null,
  moduleLoadList: [],
  config: { target_defaults: {}, variables: {} },
  features: {
    inspector: false,
    debug: false,
    uv: false,
    ipv6: false,
    tls_alpn: false,
    tls_sni: false,
    tls_ocsp: false,
    tls: false,
    cached_builtins: true,
    require_module: false,
    typescript: false,
  },
  sourceMapsEnabled: false,
  allowedNodeEnvironmentFlags: new Set<string>(),
}

const nobody = 65_534

const nextTick = (callback: unknown, ...args: unknown[]): void => {
  if (typeof callback !== 'function') throw invalidArgumentType('callback', 'Function', callback)
  surroundings.nextTick(callback as () => unknown, args)
}

const getBuiltinModule = (id: unknown): unknown => {
  if (typeof id !== 'string') throw invalidArgumentType('id', 'string', id)
  return sibling(id.replace(/^node:/, ''))
}

const functions = shaped('process', 'it would end or change the process, or tell of the machine', {
  nextTick,
  ...clock,
  emitWarning: createEmitWarning(() => process),
  getBuiltinModule,
  cwd: () => '/',
  // Nobody, as Linux numbers it: the AWS SDK asks before it looks for a home folder.
  getuid: () => nobody,
  geteuid: () => nobody,
  getgid: () => nobody,
  getegid: () => nobody,
  getActiveResourcesInfo: () => [],
  hasUncaughtExceptionCaptureCallback: () => false,
  // A process that waits for nothing else has no meaning here.
  ref: () => {},
  unref: () => {},
})

/** Between `process` and the emitter, as in Node: its name is what packages see of it. */
const inherited = Object.create((EventEmitter as { prototype: object }).prototype, {
  constructor: { value: function process() {}, configurable: true, writable: true },
})

type Process = typeof facts & { emit(name: string, ...args: unknown[]): boolean; noDeprecation?: boolean }

const process: Process = Object.defineProperties(Object.create(inherited), {
  ...Object.getOwnPropertyDescriptors({ ...facts, ...functions, env: createEnvironment() }),
  ...Object.getOwnPropertyDescriptors(createStandardStreams()),
  [Symbol.toStringTag]: { value: 'process', configurable: true },
})

export const exported = process
