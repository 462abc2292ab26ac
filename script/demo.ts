/** Waits for the server, makes the demo when there is none, and says what can be done with it. */
import { setTimeout as delay } from 'node:timers/promises'
import { type DemoRecord, recordFile } from './demo/demo-record.ts'
import { guide } from './demo/guide.ts'
import { findOrMakeDemo, managementApi } from './demo/make-demo.ts'
import { dataDir, origin } from './demo/settings.ts'

const isReady = async (): Promise<boolean> => {
  try {
    return (await fetch(`${origin}/readyz`)).ok
  } catch {
    return false
  }
}

/** `start.mjs` ends this process when the server ends, so this loop needs no deadline. */
const untilReady = async (): Promise<void> => {
  while (!(await isReady())) await delay(100)
}

/** A fresh link at every start: it expires, and a reset ends every open link of its user. */
const enrolmentUrl = async ({ managementClient, user }: DemoRecord): Promise<string> => {
  const management = await managementApi(managementClient)
  const ticket = await management.post<{ ticket_url: string }>('/guardian/enrollments/ticket', {
    user_id: user.user_id,
  })
  return ticket.ticket_url
}

const withoutRecord = `Interlock is running at ${origin}
There is a tenant "demo", but not the file ${recordFile}: it was not made by this command, or making it
was cut short. It is left alone. To begin anew, end the server and remove ${dataDir}.`

try {
  await untilReady()
  const demo = await findOrMakeDemo()
  console.log(demo ? guide(demo, await enrolmentUrl(demo)) : withoutRecord)
} catch (error) {
  console.error('The server runs, but the demo does not:', error instanceof Error ? error.message : error)
  process.exitCode = 1
}
