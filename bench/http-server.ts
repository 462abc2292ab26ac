/**
 * A bare `node:http` server, in a process of its own: `execute` runs the action for each request, `nothing` only reads the
 * event, which is what HTTP itself costs. Tells its parent where it listens and which sandbox processes it has.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { openAction } from './open-execute.ts'

export type FromHttpServer = { port: number } | { started: number } | { ended: number }

const tell = (message: FromHttpServer) => process.send?.(message)

const openRun = async (): Promise<(event: Record<string, unknown>) => Promise<unknown>> => {
  if (process.argv[2] === 'nothing') return async ({ user }) => [{ type: 'webauthn-roaming', user }]
  const action = await openAction('seed', {
    observer: {
      processStarted: (started) => tell({ started }),
      processEnded: ({ pid }) => tell({ ended: pid }),
    },
  })
  return action.run
}

const run = await openRun()
const server = createServer(async (request, response) => {
  const answer = JSON.stringify(await run(JSON.parse(await text(request))))
  response.setHeader('content-type', 'application/json')
  response.end(answer)
})
server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }))
