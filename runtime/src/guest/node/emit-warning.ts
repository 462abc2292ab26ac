import { surroundings } from '../surroundings.ts'
import { sibling } from './siblings.ts'

interface Process {
  emitWarning(warning: Error): void
}

/** As `process.emitWarning`; a line of the log where this context has no `process`. */
export const emitWarning = (warning: Error): void => {
  const process = sibling<Process>('process')
  if (process === undefined) surroundings.write('warn', `(node) ${warning.name}: ${warning.message}`)
  else process.emitWarning(warning)
}
