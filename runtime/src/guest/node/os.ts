/** Node's `os`: the same on every machine, and nothing about the one it runs on. */

import { named } from './named.ts'
import { shaped } from './shaped.ts'
import {
  dlopenConstants,
  errnoConstants,
  priorityConstants,
  reuseAddress,
  signalConstants,
} from './system-constants.ts'

const module = shaped('os', 'an action learns nothing of the machine it runs on', {
  arch: () => 'x64',
  availableParallelism: () => 1,
  /** Node's own answer where it may not look. */
  cpus: () => [],
  endianness: () => 'LE',
  homedir: () => '/',
  hostname: () => 'localhost',
  loadavg: () => [0, 0, 0],
  networkInterfaces: () => ({}),
  platform: () => 'linux',
  release: () => '',
  tmpdir: () => '/tmp',
  type: () => 'Linux',
  version: () => '',
  machine: () => 'x86_64',
  constants: {
    UV_UDP_REUSEADDR: reuseAddress,
    dlopen: dlopenConstants,
    errno: errnoConstants,
    signals: signalConstants,
    priority: priorityConstants,
  },
  EOL: '\n',
  devNull: '/dev/null',
})

/** `${os.EOL}`, and so `${os.type}`: what takes nothing may be written as a text. */
const asText = [
  'arch',
  'availableParallelism',
  'endianness',
  'freemem',
  'homedir',
  'hostname',
  'machine',
  'platform',
  'release',
  'tmpdir',
  'totalmem',
  'type',
  'uptime',
  'version',
] as const
for (const name of asText) {
  const answer = module[name] as () => unknown
  Object.defineProperty(answer, Symbol.toPrimitive, { value: named('', () => answer()) })
}

export const exported = module
