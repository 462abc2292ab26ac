import type { PasswordResetPostChallengeAPI } from '@interlock/sdk-types'
import type { HandlerName } from '../../bridge/guest-door.ts'
import type { CacheStore } from '../cache-store.ts'
import { createExit } from '../exit.ts'
import type { Recorder } from '../recorder.ts'
import { createAccess } from './access.ts'
import { createAuthentication } from './authentication.ts'
import { createCache } from './cache.ts'
import { createPrompt } from './prompt.ts'
import { createRedirect } from './redirect.ts'
import { createTransaction } from './transaction.ts'

interface Deps {
  recorder: Recorder
  cache: CacheStore
  /** Which handler is running. */
  handlerName: () => HandlerName
}

/** The `api` of one run. Its methods record or ask; nothing takes effect before the handler has settled. */
export const createApi = ({ recorder, cache, handlerName }: Deps): PasswordResetPostChallengeAPI => {
  const exit = createExit(recorder)
  return {
    access: createAccess(recorder),
    authentication: createAuthentication(recorder),
    cache: createCache(recorder, cache),
    prompt: createPrompt(recorder, exit),
    redirect: createRedirect({ recorder, exit, handlerName }),
    transaction: createTransaction(recorder),
  }
}
