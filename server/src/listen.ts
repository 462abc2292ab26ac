import type { FastifyInstance } from 'fastify'
import { type Config, ConfigError } from './config.ts'

/** What the system may refuse, with the variable that is to be changed. */
const refusals: Readonly<Record<string, string>> = {
  EADDRINUSE: 'PORT: another program listens there already',
  EACCES: 'PORT: this user may not listen there',
  EADDRNOTAVAIL: 'HOST: this machine has no such address',
  ENOTFOUND: 'HOST: there is no such name',
  EAI_AGAIN: 'HOST: the name could not be looked up',
}

/** Resolves with the port. Rejects with `ConfigError` where the system refuses the configured address. */
export const listen = async (app: Pick<FastifyInstance, 'listen'>, { host, port }: Config): Promise<number> => {
  try {
    return Number(new URL(await app.listen({ host, port })).port)
  } catch (error) {
    const refusal = refusals[String(Reflect.get(Object(error), 'code'))]
    throw refusal === undefined ? error : new ConfigError(refusal)
  }
}
