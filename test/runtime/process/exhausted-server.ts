/** A server that gets no further file descriptor: prints what becomes of a sandbox process it starts then. */
import { openSync } from 'node:fs'
import { SandboxProcess } from '../../../runtime/src/process/sandbox-process.ts'
import { spawnChild } from '../../../runtime/src/process/spawn.ts'

const confinement = { layers: [], aroundCompilers: [], commandFor: (): [string] => ['/bin/true'] }
const takeAllDescriptors = () => {
  for (;;) openSync('/dev/null', 'r')
}

try {
  takeAllDescriptors()
} catch {
  // That was the last one.
}
new SandboxProcess(
  spawnChild({ code: '', binary: '' }, confinement),
  { prelude: 'the guest' },
  {
    ready: () => {},
    freed: () => {},
    exited: ({ reason, lastWords }) => console.log(`${reason}: ${lastWords}`),
  },
)
