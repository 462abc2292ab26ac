/** The server of this Interlock, started as `npm start` does when none answers. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { UsageError } from '../usage-error.ts'
import type { Credentials } from './json-api.ts'

export interface StartedServer {
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>
}

/** What `npm start` remembers of the tenant it made, and where it was last. */
export interface DemoRecord {
  origin: string
  tenant: string
  managementClient: Credentials
  clientId: string
  user: { user_id: string; email: string }
}

const root = resolve(import.meta.dirname, '../../../..')

const inData = (...path: string[]): string => join(resolve(root, process.env.DATA_DIR || 'data'), ...path)

export const demoRecord = (): DemoRecord | undefined => {
  const file = inData('demo.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoRecord) : undefined
}

export const answers = async (origin: string): Promise<boolean> => {
  try {
    // biome-ignore lint/style/noRestrictedGlobals: the author's own tool talks to the author's own server
    return (await fetch(`${origin}/readyz`)).ok
  } catch {
    return false
  }
}

/** What `npm start -- --tls` speaks by, unless the environment names another: nothing else on the machine trusts it. */
const trustThrowAwayCertificate = (): void => {
  const file = inData('tls', 'certificate.pem')
  if (existsSync(file)) setDefaultCACertificates([...getCACertificates('default'), readFileSync(file, 'utf8')])
}

/**
 * Where the server of `npm start` runs, at whatever port and by http or https, or shall be started: a second one on the same
 * data would take the demo's tenant away from it.
 */
export const localOrigin = async (): Promise<string> => {
  trustThrowAwayCertificate()
  const last = demoRecord()?.origin
  if (last !== undefined && (await answers(last))) return last
  const scheme = process.env.TLS_CERT_FILE ? 'https' : 'http'
  return `${scheme}://localhost:${process.env.PORT || '3000'}`
}

/** Resolves when it answers and its demo tenant is there; throws what it said when it ends before that. */
export const startServer = async (origin: string, ending: AbortSignal): Promise<StartedServer> => {
  const script = join(root, 'script', 'start.mjs')
  if (!existsSync(script)) throw new UsageError(`No server answers at ${origin}, and there is none here to start.`)
  // A process group of its own: Ctrl-C in the terminal ends this command first, which then ends the server.
  const child = spawn(process.execPath, [script], { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'close')
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      output = (output + String(text)).slice(-2_000)
    })
  }
  let isOver = false
  void ended.then(() => {
    isOver = true
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  while (!((await answers(origin)) && demoRecord()?.origin === origin)) {
    if (ending.aborted) {
      await stop()
      throw new UsageError('It was ended before the server answered.')
    }
    if (isOver) throw new UsageError(`The server did not start:\n${output.trim()}`)
    await delay(200)
  }
  return { stop }
}
