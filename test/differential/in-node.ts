/** Runs actions in a child process that is plain Node, with an empty environment as a sandbox process has. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { LegEnd, RunLeg } from './story.ts'

export interface PlainNode {
  run: RunLeg
  close(): Promise<void>
}

export const startPlainNode = async (): Promise<PlainNode> => {
  const child = fork(fileURLToPath(new URL('plain-node.ts', import.meta.url)), {
    env: {},
    execArgv: ['--no-warnings', '--experimental-vm-modules'],
    serialization: 'advanced',
  })
  const exited = once(child, 'exit')
  await once(child, 'message')
  return {
    run: async (leg) => {
      child.send(leg)
      const [end] = await Promise.race([once(child, 'message'), exited.then(() => [undefined])])
      if (end === undefined) throw new Error(`Plain Node has ended while it ran ${leg.file}.`)
      return end as LegEnd
    },
    close: async () => {
      // Not by itself: requests that nobody answers may be left.
      child.kill()
      await exited
    },
  }
}
