import type { PasswordResetPostChallengeAPI } from '@interlock/sdk-types'
import type { FactorSelector } from '../../bridge/command.ts'
import { readOptions, wrongArgument } from '../argument.ts'
import { readFactor, readFactors } from '../factor-selector.ts'
import { createList } from '../primordials.ts'
import type { Recorder } from '../recorder.ts'

const method = 'authentication.challengeWith'
const anyFactors = { method: 'authentication.challengeWithAny', name: 'factors' }

export const createAuthentication = (recorder: Recorder): PasswordResetPostChallengeAPI['authentication'] => ({
  challengeWith: (factor, options) => {
    const first = readFactor({ method, name: 'factor' }, factor)
    const { additionalFactors } = readOptions({ method, name: 'options' }, options)
    const others =
      additionalFactors === undefined || additionalFactors === null
        ? createList<FactorSelector>()
        : readFactors({ method, name: 'additionalFactors' }, additionalFactors)
    recorder.record({ type: method, factor: first, additionalFactors: others as FactorSelector[] })
  },
  challengeWithAny: (factors) => {
    const list = readFactors(anyFactors, factors)
    if (list.length === 0) throw wrongArgument(anyFactors, 'must have at least one factor')
    recorder.record({ type: 'authentication.challengeWithAny', factors: list })
  },
})
