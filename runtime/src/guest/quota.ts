/** The figures of `bridge/command.ts` as the guest keeps them. It may not load that file; the compiler compares them. */
import type { commandLimits } from '../bridge/command.ts'

export const quota: typeof commandLimits = {
  commands: 64,
  commandBytes: 65_536,
  reasonLength: 2_048,
  urlLength: 8_192,
  factors: 32,
  promptIdLength: 48,
  promptDepth: 64,
}
