/** The operational log: one JSON object per line on standard output. */
import { type DestinationStream, type Logger as Pino, pino } from 'pino'
import type { Config } from './config.ts'

/**
 * What the log keeps of an error: its name, its texts, where it comes from, and the same of its cause. Nothing else, for
 * libraries hang more on their errors: ioredis the command that failed, with the whole record it was to store.
 */
const errorFacts = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error
  const { name, message, stack, cause } = error
  return {
    type: name,
    message,
    stack,
    ...('code' in error && { code: error.code }),
    ...(cause !== undefined && { cause: errorFacts(cause) }),
  }
}

/** Our own lines name an error `error`, Fastify's name it `err`. */
export const createLogger = (level: Config['logLevel'], destination?: DestinationStream): Pino =>
  pino({ level, serializers: { err: errorFacts, error: errorFacts } }, destination)
