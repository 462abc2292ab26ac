/**
 * The one runtime of a test process. It is opened when it is needed and closes by itself soon after it was needed last:
 * a test runner need not be told, and its process can end.
 */
// Not the global functions: a test may have put a clock of its own in their place.
import { clearTimeout, setTimeout } from 'node:timers'
import { createRuntime, type Runtime } from '../runtime.ts'
import { openPackageSource } from './package-source.ts'

/** Whose code all of it is. */
export const testTenant = 'test'

let opening: Promise<Runtime> | undefined
let users = 0
let idle: NodeJS.Timeout | undefined

export const withRuntime = async <Result>(use: (runtime: Runtime) => Promise<Result>): Promise<Result> => {
  clearTimeout(idle)
  users += 1
  opening ??= createRuntime({ processes: 1, spares: 1, dependencies: openPackageSource() })
  try {
    return await use(await opening)
  } finally {
    users -= 1
    if (users === 0) idle = setTimeout(() => void closeRuntime(), idleMs)
  }
}

/** Ends the sandbox process at once, for who cannot wait for it to end by itself. What is opened stays of use. */
export const closeRuntime = async (): Promise<void> => {
  clearTimeout(idle)
  const closing = opening
  opening = undefined
  // One that could not be opened has been told to who wanted it.
  await closing?.then(
    (runtime) => runtime.close(),
    () => {},
  )
}

/** Longer than a test takes to come to its next run, shorter than anybody waits for. */
const idleMs = 300
