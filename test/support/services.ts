/** Real programs the tests start themselves: each on loopback, in a folder of its own, ended by whoever started it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Redis } from 'ioredis'
import { until } from './until.ts'

export interface Service {
  url: string
  /** Resolves when the process is gone and its folder removed. */
  stop(): Promise<void>
}

const find = (names: readonly string[]): string => {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
  if (found === undefined) throw new Error(`The tests need ${names[0]}: \`npm test\` says how to get it.`)
  return found
}

/** The browser the tests drive. */
export const chromiumPath = (): string => find(['chromium', 'google-chrome'])

/** A port that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.')
  return address.port
}

/** Rejects with everything the process has said when it ends without saying it is ready. */
const untilItSays = async (child: ChildProcess, text: string): Promise<void> => {
  const said: string[] = []
  if (!child.stdout) throw new Error('The process was started without a pipe for its output.')
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes(text)) {
      child.stdout.resume()
      return
    }
    said.push(line)
  }
  throw new Error(`The process ended before it was ready:\n${said.join('\n')}`)
}

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** An empty Redis that keeps nothing on disk. `more` are options of its command line. */
export const startRedis = async (more: readonly string[] = []): Promise<Service> => {
  const folder = await mkdtemp(join(tmpdir(), 'interlock-redis-'))
  const port = await freePort()
  const options = [
    '--bind',
    '127.0.0.1',
    '--port',
    String(port),
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
    ...more,
  ]
  const child = spawn(find(['redis-server', 'valkey-server']), options, { stdio: ['ignore', 'pipe', 'inherit'] })
  await untilItSays(child, 'Ready to accept connections')
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      await end(child)
      await rm(folder, { recursive: true })
    },
  }
}

/** One node that holds every slot: it refuses a script whose keys lie in different slots, as a larger one does. */
export const startRedisCluster = async (): Promise<Service> => {
  const bus = await freePort()
  const announced = ['--cluster-announce-ip', '127.0.0.1', '--cluster-port', `${bus}`]
  const server = await startRedis(['--cluster-enabled', 'yes', ...announced])
  const admin = new Redis(server.url)
  await admin.cluster('ADDSLOTSRANGE', 0, 16_383)
  await until('the cluster', async () => String(await admin.cluster('INFO')).includes('cluster_state:ok'))
  admin.disconnect()
  return server
}
