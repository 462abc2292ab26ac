/**
 * New passwords are hashed in turns. Each hash takes tens of milliseconds of one of the few threads that all of this server's
 * signatures, names and files wait for too: a tenant has one at a time, and all together leave half of the threads to others.
 */
import { availableParallelism } from 'node:os'
import { createFairQueue } from '../fair-queue.ts'
import { hashPassword } from './password.ts'

/** Half of the threads that libuv starts by itself. */
const mostAtOnce = 2

/** There is one set of threads, so there is one line for all. */
const inTurn = createFairQueue(Math.min(mostAtOnce, Math.max(1, Math.floor(availableParallelism() / 2))))

export const hashInTurn = (tenant: string, password: string): Promise<string> =>
  inTurn(tenant, () => hashPassword(password))
