/** Checks the types of every package. All projects are checked even when one fails; the exit code says whether one did. */
import { join } from 'node:path'
import { runCommand, say } from './setup/progress.mjs'
import { runAttached } from './setup/subprocess.mjs'
import { root } from './setup/toolchain.mjs'

const projects = [
  'sdk-types',
  'runtime',
  'runtime/src/guest',
  'server',
  'sample-actions',
  'script',
  'test',
  'test/types',
  'bench',
]

const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')

await runCommand(async () => {
  let worst = 0
  for (const project of projects) {
    const code = await runAttached(process.execPath, [compiler, '-p', project])
    say(`types of ${project}: ${code === 0 ? 'ok' : 'FAILED'}`)
    worst = Math.max(worst, code)
  }
  return worst
})
