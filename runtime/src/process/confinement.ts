/**
 * What a sandbox process is started under: the one place that decides its rights. Every row has a reason; rows that the
 * operating system does not know are left out and reported, flags of Node itself are required.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { ConfinementLayer } from '../observer.ts'

interface Flag {
  flag: string
  reason: string
}

const flags = (binary: string): Flag[] => [
  { flag: '--permission', reason: 'No files, network, processes, threads or inspector, unless a row below says so.' },
  { flag: '--allow-addons', reason: 'isolated-vm is an addon.' },
  {
    flag: `--allow-fs-read=${binary}`,
    reason: 'The binary of isolated-vm; the program itself comes by standard input.',
  },
  { flag: '--disable-warning=PERM0001', reason: 'Node warns of the row that allows addons: decided here.' },
  { flag: '--no-node-snapshot', reason: 'isolated-vm needs it from Node 20 on.' },
  {
    flag: '--no-concurrent-recompilation',
    // Seen: a failed check in MaglevConcurrentDispatcher ended 8 of 240 runs that filled their heap, 0 of 180 with this.
    reason:
      'Compiles on the account of the run that asks; a compiler thread that meets a full heap aborts the process.',
  },
  {
    flag: '--enable-sharedarraybuffer-per-context',
    reason: 'Takes SharedArrayBuffer away: its memory is not counted.',
  },
  { flag: '--wasm-max-mem-pages=256', reason: '16 MB at most: WebAssembly memory is not counted either.' },
]

/** A layer of the operating system around the process. `wrap` starts a command and becomes it, so the pid stays the same. */
interface Layer {
  name: string
  reason: string
  wrap: readonly string[]
}

const layers: readonly Layer[] = [
  {
    name: 'death-signal',
    reason: 'A process whose thread is stuck cannot see that the server has died: the kernel ends it.',
    wrap: ['/usr/bin/setpriv', '--pdeathsig', 'KILL'],
  },
  {
    name: 'address-space',
    // Seen: Node reserves 1.4 GiB when it starts and V8 0.8 GiB more for each isolate, used or not.
    reason: 'Backstop for memory that grows faster than it is sampled: 9 GiB, isolates reserve most of it unused.',
    wrap: ['/bin/sh', '-c', 'ulimit -v 9437184 && exec "$@"', 'sh'],
  },
  {
    name: 'core-files',
    reason: 'A core file would hold secrets.',
    wrap: ['/bin/sh', '-c', 'ulimit -c 0 && exec "$@"', 'sh'],
  },
  {
    name: 'processor-seconds',
    reason: 'Ends an orphan where there is no death signal. The server replaces a process long before.',
    wrap: ['/bin/sh', '-c', 'ulimit -t 600 && exec "$@"', 'sh'],
  },
]

export interface Confinement {
  layers: ConfinementLayer[]
  /** The whole command line of a sandbox process that reads its program from standard input. */
  commandFor(binary: string): [command: string, ...args: string[]]
}

export const detectConfinement = async (): Promise<Confinement> => {
  const tried = await Promise.all(layers.map(async (layer) => ({ ...layer, active: await works(layer) })))
  const active = tried.filter((layer) => layer.active).flatMap(({ wrap }) => wrap)
  return {
    layers: tried.map(({ name, reason, active }) => ({ name, reason, active })),
    commandFor: (binary) => {
      const node = [process.execPath, ...flags(binary).map(({ flag }) => flag), '-']
      return [...active, ...node] as [string, ...string[]]
    },
  }
}

const run = promisify(execFile)

const works = async ({ wrap: [command = '', ...args] }: Layer): Promise<boolean> => {
  try {
    await run(command, [...args, '/bin/sh', '-c', 'exit 0'], { env: {} })
    return true
  } catch {
    return false
  }
}
