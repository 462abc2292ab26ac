import { nodeError } from '../node-error.ts'

/** What an action meets where something of Node exists by name and cannot work here: it names itself, and says why. */
export const unavailable = (name: string, reason: string): Error & { code: string } =>
  nodeError(Error, 'ERR_NOT_AVAILABLE', `${name} is not available to actions: ${reason}`)
