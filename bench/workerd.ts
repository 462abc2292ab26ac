/**
 * The workerd binary of the npm package, with the seed action behind `fetch`. Its worker lives on from request to request:
 * the next user's run finds the globals the last one left. `fresh` loads the action as a new worker for each request.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { programOf } from './program.ts'

const date = '2026-11-01'

const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "main.js", esModule = embed "main.js"), (name = "action.js", text = embed "action.js")],
  compatibilityDate = "${date}",
  bindings = [(name = "LOADER", workerLoader = ())],
);
`

const answering = `
export default { fetch: async (request) => new Response(await globalThis.run(await request.text())) }
`

/** The way workerd offers for code that is not in its configuration. */
const loading = `
import code from 'action.js'
let requests = 0
const load = () => ({ compatibilityDate: '${date}', mainModule: 'action.js', modules: { 'action.js': code } })
export default {
  fetch: (request, { LOADER }) => LOADER.get(String(requests++), load).getEntrypoint().fetch(request),
}
`

export const startWorkerd = async (isolates: 'shared' | 'fresh') => {
  const folder = await mkdtemp(join(tmpdir(), 'workerd-'))
  const action = (await programOf('seed')) + answering
  await writeFile(join(folder, 'config.capnp'), config)
  await writeFile(join(folder, 'action.js'), action)
  await writeFile(join(folder, 'main.js'), isolates === 'shared' ? action : loading)
  // Worker loaders are behind this flag.
  const options = ['serve', '--experimental', '--control-fd=3', join(folder, 'config.capnp')]
  const child = spawn(binary(), options, { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] })
  return {
    port: await readPort(child.stdio[3] as Readable),
    pids: () => [child.pid ?? 0],
    stop: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
      await rm(folder, { recursive: true })
    },
  }
}

/** The package's own look-up of the binary for this system; throws where there is none. */
const binary = (): string => {
  const found: { default: string } = createRequire(import.meta.url)('workerd')
  return found.default
}

const readPort = async (control: Readable): Promise<number> => {
  const [line] = await once(control.setEncoding('utf8'), 'data')
  return JSON.parse(String(line)).port
}
