import type { Decision, Demand } from '@interlock/runtime'
import { describe, expect, test } from 'vitest'
import type { Circumstances, Input } from '../../../server/src/flow/input.ts'
import type { AvailableFactor, FlowPolicy, FlowState, Journey } from '../../../server/src/flow/state.ts'
import { isEnd, transition, transitionNames } from '../../../server/src/flow/transition.ts'

const policy: FlowPolicy = { resetMfa: 'actions-only', sameChannel: 'when-asked-by-action' }
const otp: AvailableFactor = { type: 'otp', sameChannel: false }
const phone: AvailableFactor = { type: 'phone', sameChannel: false }
const email: AvailableFactor = { type: 'email', sameChannel: true }

const circumstances = (available: AvailableFactor[] = [], changed: Partial<FlowPolicy> = {}): Circumstances => ({
  available,
  policy: { ...policy, ...changed },
  now: 1_000,
})
const at = (state: FlowState, rest: Partial<Journey> = {}): Journey => ({ state, passed: [], ...rest })
const running = (rest: Partial<Journey> = {}): Journey =>
  at({ name: 'running', position: { action: 0, handler: 'onExecutePostChallenge' }, since: 0 }, rest)

const next = { action: 1, handler: 'onExecutePostChallenge' } as const
const sameAction = { action: 0, handler: 'onContinuePostChallenge' } as const
const challenge = (...types: ('otp' | 'email' | 'phone' | 'webauthn-roaming')[]): Demand => ({
  type: 'challenge',
  open: 'first',
  factors: types.map((type) => ({ type })),
})
const pause = (demands: Demand[], resume: typeof next | typeof sameAction = next): Decision => ({
  type: 'pause',
  demands,
  next: resume,
})
const endLeg = (journey: Journey, decision: Decision, facts = circumstances()) =>
  transition(journey, { type: 'leg-ended', decision, circumstances: facts })

const passThrough = (journey: Journey | undefined, facts: Circumstances) => {
  const begun = journey && transition(journey, { type: 'challenge-begun', begun: {} })
  return begun && transition(begun.journey, { type: 'challenge-passed', circumstances: facts })
}

describe('what a leg came to', () => {
  test('nothing asked: the user chooses a password', () => {
    expect(endLeg(running(), { type: 'proceed' })?.journey.state).toEqual({ name: 'choosing-password' })
  })

  test('a denial ends the reset and keeps its reason', () => {
    const denied = endLeg(running(), { type: 'deny', reason: 'not from here', action: 0 })
    expect(denied?.journey.state).toEqual({ name: 'denied', reason: 'not from here' })
  })

  test.each(['threw', 'exceeded-cpu', 'exceeded-wall', 'exceeded-heap', 'crashed', 'refused', 'canceled'] as const)(
    'an action that ended %s never leads to the password',
    (ending) => {
      const failed = endLeg(running(), { type: 'fail', ending, action: 0 }, circumstances([otp]))
      expect(failed?.journey.state).toEqual({ name: 'failed', because: 'action-failed' })
    },
  )

  test('a lost leg never leads to the password', () => {
    expect(transition(running(), { type: 'leg-lost' })?.journey.state).toEqual({ name: 'failed', because: 'run-lost' })
  })

  test('the last result URL counts, also over a pause', () => {
    const first = transition(running({ resultUrl: 'https://a.example/' }), {
      type: 'leg-ended',
      decision: pause([{ type: 'redirect', url: 'https://out.example/' }], sameAction),
      resultUrl: 'https://b.example/',
      circumstances: circumstances(),
    })
    const back = first && transition(first.journey, { type: 'returned', now: 5 })
    expect(back && endLeg(back.journey, { type: 'proceed' })?.journey.resultUrl).toBe('https://b.example/')
  })
})

describe('challenges', () => {
  test('only enabled and enrolled factors are offered, in the order asked', () => {
    const asked = endLeg(running(), pause([challenge('webauthn-roaming', 'otp', 'phone')]), circumstances([phone, otp]))
    expect(asked?.journey.state).toMatchObject({
      name: 'challenging',
      offered: [{ type: 'otp' }, { type: 'phone' }],
      progress: { stage: 'beginning', factor: { type: 'otp' } },
    })
    expect(asked?.effect).toEqual({ type: 'begin-challenge', factor: { type: 'otp' } })
  })

  test('a phone asked for by both methods is offered by each, and a copied enrollment adds nothing', () => {
    const both: Demand = {
      type: 'challenge',
      open: 'any',
      factors: [
        { type: 'phone', options: { preferredMethod: 'both' } },
        { type: 'phone' },
        { type: 'otp' },
        { type: 'otp' },
      ],
    }
    expect(endLeg(running(), pause([both]), circumstances([phone, otp]))?.journey.state).toMatchObject({
      offered: [
        { type: 'phone', options: { preferredMethod: 'sms' } },
        { type: 'phone', options: { preferredMethod: 'voice' } },
        { type: 'otp' },
      ],
    })
  })

  test('a picker is shown for "any", unless only one factor is left', () => {
    const any: Demand = { ...challenge('otp', 'phone'), open: 'any' } as Demand
    expect(endLeg(running(), pause([any]), circumstances([otp, phone]))?.journey.state).toMatchObject({
      progress: { stage: 'picking' },
    })
    expect(endLeg(running(), pause([any]), circumstances([phone]))?.journey.state).toMatchObject({
      progress: { stage: 'beginning', factor: { type: 'phone' } },
    })
  })

  test('a request with nothing usable fails the reset', () => {
    const failed = endLeg(running(), pause([challenge('webauthn-roaming')]), circumstances([otp]))
    expect(failed?.journey.state).toEqual({ name: 'failed', because: 'no-usable-factor' })
  })

  test('a factor passed earlier is not asked again', () => {
    const passed = running({ passed: [{ type: 'otp', at: 1 }] })
    const asked = endLeg(passed, pause([challenge('otp', 'phone')]), circumstances([otp, phone]))
    expect(asked?.effect).toEqual({ type: 'run-leg', position: next })
  })

  test('several challenges are asked one after the other, then the redirect, then the same action goes on', () => {
    const facts = circumstances([otp, phone])
    const demands = [challenge('otp'), challenge('phone'), { type: 'redirect', url: 'https://out.example/' } as const]
    const first = endLeg(running(), pause(demands, sameAction), facts)
    const second = passThrough(first?.journey, facts)
    expect(second?.effect).toEqual({ type: 'begin-challenge', factor: { type: 'phone' } })
    const third = passThrough(second?.journey, facts)
    expect(third?.journey.state).toMatchObject({ name: 'redirecting', url: 'https://out.example/' })
    expect(third?.journey.passed.map(({ type }) => type)).toEqual(['otp', 'phone'])
    expect(third && transition(third.journey, { type: 'returned', now: 9 })?.effect).toEqual({
      type: 'run-leg',
      position: sameAction,
    })
  })

  test('a passed challenge with nothing after it goes on with the next action', () => {
    const facts = circumstances([otp])
    expect(passThrough(endLeg(running(), pause([challenge('otp')]), facts)?.journey, facts)?.effect).toEqual({
      type: 'run-leg',
      position: next,
    })
  })

  test('too many attempts end the reset', () => {
    const asked = endLeg(running(), pause([challenge('otp')]), circumstances([otp]))
    expect(asked && transition(asked.journey, { type: 'attempts-exhausted' })?.journey.state).toEqual({
      name: 'failed',
      because: 'too-many-attempts',
    })
  })

  test('a challenge cannot be passed before its question was put', () => {
    const facts = circumstances([otp])
    const asked = endLeg(running(), pause([challenge('otp')]), facts)
    const early = asked && transition(asked.journey, { type: 'challenge-passed', circumstances: facts })
    expect(early?.journey).toEqual(asked?.journey)
    expect(early?.effect).toBeUndefined()
  })
})

describe('a question that cannot be put', () => {
  const facts = circumstances([otp, phone])
  const ask = (...types: Parameters<typeof challenge>) =>
    endLeg(running(), pause([challenge(...types)]), facts)?.journey
  const after = (journey: Journey | undefined, ...inputs: Input[]): FlowState | undefined =>
    inputs.reduce<Journey | undefined>((at, input) => at && transition(at, input)?.journey, journey)?.state

  test('leaves the one before it standing', () => {
    const asked = after(ask('phone'), { type: 'challenge-begun', begun: { code: 'first' } })
    const refused = after(asked && at(asked), { type: 'question-asked-again' }, { type: 'question-refused' })
    expect(refused).toEqual(asked)
  })

  test('leaves the one before it standing when it is tried twice', () => {
    const asked = after(ask('phone', 'otp'), { type: 'challenge-begun', begun: { code: 'first' } })
    const again = { type: 'question-asked-again' } as const
    expect(after(asked && at(asked), again, again, { type: 'question-refused' })).toEqual(asked)
  })

  test('leads to the picker when it was the first', () => {
    expect(after(ask('phone'), { type: 'question-refused' })).toMatchObject({ progress: { stage: 'picking' } })
  })

  test('is not offered any more once its factor is lost', () => {
    expect(after(ask('phone', 'otp'), { type: 'factor-lost' })).toMatchObject({
      offered: [{ type: 'otp' }],
      progress: { stage: 'picking' },
    })
  })

  test('fails the reset when the last factor is lost', () => {
    const failed = { name: 'failed', because: 'no-usable-factor' }
    expect(after(ask('phone'), { type: 'factor-lost' })).toEqual(failed)
    expect(after(ask('phone'), { type: 'challenge-begun', begun: {} }, { type: 'factor-lost' })).toEqual(failed)
  })
})

describe('the mailbox as a second factor', () => {
  const asked = (changed: Partial<FlowPolicy>) =>
    endLeg(running(), pause([challenge('email')]), circumstances([email], changed))?.journey.state

  test('counts when an action asked for it by name', () => {
    expect(asked({})).toMatchObject({ name: 'challenging', offered: [{ type: 'email' }] })
  })

  test('never counts where the tenant says so', () => {
    expect(asked({ sameChannel: 'never' })).toEqual({ name: 'failed', because: 'no-usable-factor' })
  })

  test('is not offered by the tenant rule, unless the tenant always allows it', () => {
    const finish = (changed: Partial<FlowPolicy>) =>
      endLeg(running(), { type: 'proceed' }, circumstances([email], { resetMfa: 'if-enrolled', ...changed }))
    expect(finish({})?.journey.state.name).toBe('choosing-password')
    expect(finish({ sameChannel: 'always' })?.journey.state).toMatchObject({ offered: [{ type: 'email' }] })
  })
})

describe('safe with no action at all', () => {
  const finish = (rest: Partial<Journey> = {}) =>
    endLeg(running(rest), { type: 'proceed' }, circumstances([otp, email], { resetMfa: 'if-enrolled' }))

  test('an enrolled factor is asked before the new password when no action asked one', () => {
    const asked = finish()
    expect(asked?.journey.state).toMatchObject({
      name: 'challenging',
      offered: [{ type: 'otp' }],
      next: 'new-password',
    })
    expect(passThrough(asked?.journey, circumstances([otp]))?.journey.state).toEqual({ name: 'choosing-password' })
  })

  test('nothing more is asked when an action has asked', () => {
    expect(finish({ passed: [{ type: 'phone', at: 1 }] })?.journey.state.name).toBe('choosing-password')
  })
})

describe('what has no business in a state changes nothing', () => {
  const samples: Record<FlowState['name'], FlowState> = {
    confirming: { name: 'confirming' },
    running: { name: 'running', position: next, since: 0 },
    challenging: { name: 'challenging', offered: [{ type: 'otp' }], progress: { stage: 'picking' }, rest: [], next },
    redirecting: { name: 'redirecting', url: 'https://out.example/', next },
    prompting: { name: 'prompting', prompt: { id: 'p' }, next },
    'choosing-password': { name: 'choosing-password' },
    completed: { name: 'completed' },
    denied: { name: 'denied', reason: 'no' },
    failed: { name: 'failed', because: 'run-lost' },
    expired: { name: 'expired' },
  }
  const inputs: Input[] = [
    { type: 'ticket-redeemed', now: 0 },
    { type: 'leg-ended', decision: { type: 'proceed' }, circumstances: circumstances() },
    { type: 'leg-lost' },
    { type: 'picker-asked' },
    { type: 'factor-chosen', choice: 0 },
    { type: 'question-asked-again' },
    { type: 'challenge-begun', begun: {} },
    { type: 'question-refused' },
    { type: 'factor-lost' },
    { type: 'challenge-passed', circumstances: circumstances() },
    { type: 'attempts-exhausted' },
    { type: 'state-minted', stateHash: 'h' },
    { type: 'return-posted', body: {} },
    { type: 'returned', now: 0 },
    { type: 'prompt-submitted', now: 0 },
    { type: 'password-set' },
    { type: 'expired' },
  ]
  const cells = new Set(transitionNames())
  const pairs = Object.values(samples).flatMap((state) => inputs.map((input) => ({ state, input })))

  test.each(pairs.filter(({ state, input }) => !cells.has(`${state.name} ${input.type}`)))(
    '$state.name does not take $input.type',
    ({ state, input }) => expect(transition(at(state), input)).toBeUndefined(),
  )

  test('only choosing-password takes a password', () => {
    expect([...cells].filter((cell) => cell.endsWith(' password-set'))).toEqual(['choosing-password password-set'])
  })

  test.each(['completed', 'denied', 'failed', 'expired'] as const)('%s is an end', (name) => {
    expect(isEnd(samples[name])).toBe(true)
  })
})
