import type { PasswordResetPostChallengeAPI } from '@interlock/sdk-types'
import type { HandlerName } from '../../bridge/guest-door.ts'
import { readOptions, requireObject, requireText, wrongArgument } from '../argument.ts'
import type { Exit } from '../exit.ts'
import { callHost } from '../host-call.ts'
import { ErrorClass, isFiniteNumber } from '../primordials.ts'
import type { Recorder } from '../recorder.ts'
import { readTargetUrl } from '../target-url.ts'

interface Deps {
  recorder: Recorder
  exit: Exit
  handlerName: () => HandlerName
}

const defaultParameter = 'session_token'

const readExpiresIn = (method: string, value: unknown): { expiresInSeconds?: number } => {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'number' || !isFiniteNumber(value) || value <= 0)
    throw wrongArgument({ method, name: 'expiresInSeconds' }, 'must be a positive number')
  return { expiresInSeconds: value }
}

export const createRedirect = ({ recorder, exit, handlerName }: Deps): PasswordResetPostChallengeAPI['redirect'] => {
  const readUrl = readTargetUrl('redirect.sendUserTo')
  return {
    encodeToken: (options) => {
      const method = 'redirect.encodeToken'
      const { secret, payload, expiresInSeconds } = readOptions({ method, name: 'options' }, options)
      return callHost({
        call: 'token.encode',
        secret: requireText({ method, name: 'secret' }, secret),
        payload: requireObject({ method, name: 'payload' }, payload ?? {}),
        ...readExpiresIn(method, expiresInSeconds),
      })
    },

    sendUserTo: (url, options) => {
      const target = readUrl(url, options)
      exit.take('redirect')
      recorder.record({ type: 'redirect.sendUserTo', url: target })
    },

    validateToken: (options) => {
      const method = 'redirect.validateToken'
      if (handlerName() !== 'onContinuePostChallenge')
        throw new ErrorClass(`${method}: a token comes back with the user, so call it in onContinuePostChallenge`)
      const { secret, tokenParameterName } = readOptions({ method, name: 'options' }, options)
      return callHost({
        call: 'token.validate',
        secret: requireText({ method, name: 'secret' }, secret),
        // The vendor takes the default for every empty value.
        tokenParameterName: requireText({ method, name: 'tokenParameterName' }, tokenParameterName || defaultParameter),
      })
    },
  }
}
