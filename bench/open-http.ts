/** The same action behind HTTP on the loopback interface, asked by one client that keeps its connections. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import type { FromHttpServer } from './http-server.ts'
import type { Subject } from './measure.ts'
import { event } from './seed-action.ts'
import { startWorkerd } from './workerd.ts'

interface Target {
  port: number
  pids(): Iterable<number>
  stop(): Promise<void>
}

const eventJson = JSON.stringify(event)

const openHttp = ({ key, name }: Pick<Subject, 'key' | 'name'>, { port, pids, stop }: Target): Subject => {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 64 })
  const headers = { 'content-type': 'application/json' }
  return {
    key,
    name,
    pids,
    runOnce: async () => {
      const { statusCode, body } = await pool.request({ method: 'POST', path: '/', headers, body: eventJson })
      const answer = await body.text()
      if (statusCode !== 200 || !answer.includes('webauthn')) throw new Error(`${name} answered ${answer}`)
    },
    close: async () => {
      await pool.close()
      await stop()
    },
  }
}

const startServer = async (run: 'execute' | 'nothing'): Promise<Target> => {
  const server = fork(fileURLToPath(new URL('http-server.ts', import.meta.url)), [run])
  const pids = new Set([server.pid ?? 0])
  const { promise: listening, resolve, reject } = Promise.withResolvers<number>()
  server.on('message', (message: FromHttpServer) => {
    if ('port' in message) resolve(message.port)
    else if ('started' in message) pids.add(message.started)
    else pids.delete(message.ended)
  })
  server.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened.`)))
  return {
    port: await listening,
    pids: () => pids,
    stop: async () => {
      // Its sandbox processes end with it.
      server.kill('SIGKILL')
      await once(server, 'exit')
    },
  }
}

export const openHttpExecute = async (): Promise<Subject> =>
  openHttp({ key: 'http-execute', name: 'execute() behind a bare node:http server' }, await startServer('execute'))

export const openHttpNothing = async (): Promise<Subject> =>
  openHttp({ key: 'http-nothing', name: 'the same server, running nothing' }, await startServer('nothing'))

export const openWorkerdShared = async (): Promise<Subject> =>
  openHttp(
    { key: 'workerd-shared', name: 'workerd, warm, globals shared by all requests' },
    await startWorkerd('shared'),
  )

export const openWorkerdFresh = async (): Promise<Subject> =>
  openHttp({ key: 'workerd-fresh', name: 'workerd, a new isolate for each request' }, await startWorkerd('fresh'))
