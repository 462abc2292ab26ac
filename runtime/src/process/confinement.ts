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

/** What V8 has made under these flags is of use under the same ones only. */
export const flagNames: readonly string[] = flags('').map(({ flag }) => flag)

/** A way to put a layer around a command: starts it and becomes it, so the pid and fd 3 stay the same. */
type Wrap = readonly string[]

/** A layer of the operating system around the process; of its wraps the first one that works here is taken. */
interface Layer {
  name: string
  reason: string
  wraps: readonly Wrap[]
  /** Compilers, which set limits of their own, are started under it as well; or nobody but those that read packages. */
  isForCompilers?: true | 'only-with-packages'
}

/** Stands for the folder that becomes the root. */
const rootOption = '--root=/'

/** From outside in. The kernel forgets a death signal when rights change: it comes after what changes them. */
const layers: readonly Layer[] = [
  {
    name: 'network',
    isForCompilers: true,
    reason: 'A network of its own with nothing in it: who gets past the permission model reaches no address either.',
    wraps: [
      ['/usr/bin/unshare', '--net'],
      // Without root: in a user namespace of its own, in which it is nobody and has no rights.
      ['/usr/bin/unshare', '--user', '--net'],
    ],
  },
  {
    name: 'no-new-rights',
    isForCompilers: true,
    reason: 'A server that runs as root gives none of what root may do to its sandboxes; no program gives more.',
    wraps: [
      ['/usr/bin/setpriv', '--no-new-privs', '--inh-caps=-all', '--bounding-set=-all'],
      ['/usr/bin/setpriv', '--no-new-privs'],
    ],
  },
  {
    name: 'death-signal',
    isForCompilers: true,
    reason: 'A process whose thread is stuck cannot see that the server has died: the kernel ends it.',
    wraps: [['/usr/bin/setpriv', '--pdeathsig', 'KILL']],
  },
  {
    name: 'package-folder',
    isForCompilers: 'only-with-packages',
    reason:
      'A compiler of packages sees their folder and no other file. Without it, what led elsewhere is found afterwards.',
    // In a user namespace of its own: who has no rights left by then may not change the root any more.
    wraps: [['/usr/bin/unshare', '--user', rootOption]],
  },
  {
    name: 'address-space',
    // Seen: Node reserves 1.4 GiB when it starts and V8 0.8 GiB more for each isolate, used or not.
    reason: 'Backstop for memory that grows faster than it is sampled: 9 GiB, isolates reserve most of it unused.',
    wraps: [['/bin/sh', '-c', 'ulimit -v 9437184 && exec "$@"', 'sh']],
  },
  {
    name: 'core-files',
    reason: 'A core file would hold secrets.',
    wraps: [['/bin/sh', '-c', 'ulimit -c 0 && exec "$@"', 'sh']],
  },
  {
    name: 'processor-seconds',
    reason: 'Ends an orphan where there is no death signal. The server replaces a process long before.',
    wraps: [['/bin/sh', '-c', 'ulimit -t 600 && exec "$@"', 'sh']],
  },
]

export interface Confinement {
  layers: ConfinementLayer[]
  /** The whole command line of a sandbox process that reads its program from standard input. */
  commandFor(binary: string): [command: string, ...args: string[]]
  /** What stands before the command line of a compiler. */
  aroundCompilers: readonly string[]
  /** What makes a folder the root of all that a compiler can see; absent where the system cannot do that. */
  encloseCompiler?: (folder: string) => readonly string[]
}

export const detectConfinement = async (wished: readonly Layer[] = layers): Promise<Confinement> => {
  const tried = await Promise.all(wished.map(async (layer) => ({ ...layer, wrap: await findWorking(layer.wraps) })))
  const active = tried.flatMap(({ wrap = [], isForCompilers }) => (isForCompilers === 'only-with-packages' ? [] : wrap))
  const enclosing = tried.find(({ isForCompilers }) => isForCompilers === 'only-with-packages')?.wrap
  const enclose = (wrap: Wrap) => (folder: string) => wrap.map((arg) => (arg === rootOption ? `--root=${folder}` : arg))
  return {
    layers: tried.map(({ name, reason, wrap }) => ({ name, reason, active: wrap !== undefined })),
    aroundCompilers: tried.flatMap(({ wrap = [], isForCompilers }) => (isForCompilers === true ? wrap : [])),
    ...(enclosing && { encloseCompiler: enclose(enclosing) }),
    commandFor: (binary) => {
      const node = [process.execPath, ...flags(binary).map(({ flag }) => flag), '-']
      return [...active, ...node] as [string, ...string[]]
    },
  }
}

const run = promisify(execFile)

const findWorking = async (wraps: readonly Wrap[]): Promise<Wrap | undefined> => {
  for (const wrap of wraps) if (await works(wrap)) return wrap
  return undefined
}

const works = async ([command = '', ...args]: Wrap): Promise<boolean> => {
  try {
    await run(command, [...args, '/bin/sh', '-c', 'exit 0'], { env: {} })
    return true
  } catch {
    return false
  }
}
