import type { PasswordResetPostChallengeAPI } from '@interlock/sdk-types'
import type { GuestRun } from '../../bridge/guest-door.ts'
import { createCacheStore } from '../cache-store.ts'
import { createExit } from '../exit.ts'
import type { HostCall } from '../host-call.ts'
import type { Recorder } from '../recorder.ts'
import { createAccess } from './access.ts'
import { createAuthentication } from './authentication.ts'
import { createCache } from './cache.ts'
import { createPrompt } from './prompt.ts'
import { createRedirect } from './redirect.ts'
import { createTransaction } from './transaction.ts'

interface Deps {
  run: GuestRun
  recorder: Recorder
  callHost: HostCall
}

/** The `api` of one run. Its methods record or ask; nothing takes effect before the handler has settled. */
export const createApi = ({ run, recorder, callHost }: Deps): PasswordResetPostChallengeAPI => {
  const exit = createExit(recorder)
  return {
    access: createAccess(recorder),
    authentication: createAuthentication(recorder),
    cache: createCache(recorder, createCacheStore(run.cache)),
    prompt: createPrompt(recorder, exit),
    redirect: createRedirect({ recorder, callHost, exit, handler: run.handler }),
    transaction: createTransaction(recorder, callHost),
  }
}
