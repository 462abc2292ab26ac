/** Waits for the server, makes the demo when there is none, and says what can be done with it. */
import { setTimeout as delay } from 'node:timers/promises'
import type { DemoRecord } from './demo/demo-record.ts'
import { guide } from './demo/guide.ts'
import { findOrMakeDemo, managementApi } from './demo/make-demo.ts'
import { origin } from './demo/settings.ts'

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

/** A fresh link at every start: they expire. */
const enrolmentUrl = async ({ managementClient, user }: DemoRecord): Promise<string> => {
  const management = await managementApi(managementClient)
  const ticket = await management.post<{ ticket_url: string }>('/guardian/enrollments/ticket', {
    user_id: user.user_id,
  })
  return ticket.ticket_url
}

try {
  await untilReady()
  const demo = await findOrMakeDemo()
  if (demo) console.log(guide(demo, await enrolmentUrl(demo)))
  else
    console.log(`Interlock is running at ${origin}. The tenant "demo" was not made by this command and is left alone.`)
} catch (error) {
  console.error('The server runs, but the demo could not be made:', error instanceof Error ? error.message : error)
  process.exitCode = 1
}
