/**
 * The journey as one table: rows are states, columns are inputs. A missing cell means that this input has no business in
 * that state. States without cells are ends.
 */
import type { Demand, FactorSelector, Position } from '@interlock/runtime'
import type { Effect } from './effect.ts'
import type { Circumstances, Input, InputOf, InputType } from './input.ts'
import { offerFor, offerOfPolicy } from './offer.ts'
import type { ChallengeState, FlowState, Journey, StateName } from './state.ts'

export interface Transition {
  journey: Journey
  effect?: Effect
}

type StateOf<Name extends StateName> = Extract<FlowState, { name: Name }>
type Cell<Name extends StateName, Type extends InputType> = (
  journey: Journey & { state: StateOf<Name> },
  input: InputOf<Type>,
) => Transition
type Table = { [Name in StateName]: { [Type in InputType]?: Cell<Name, Type> } }

const start: Position = { action: 0, handler: 'onExecutePostChallenge' }

const move = (journey: Journey, state: FlowState, effect?: Effect): Transition => ({
  journey: { ...journey, state },
  ...(effect ? { effect } : {}),
})

const run = (journey: Journey, position: Position, now: number): Transition =>
  move(journey, { name: 'running', position, since: now }, { type: 'run-leg', position })

const fail = (journey: Journey, because: Extract<FlowState, { name: 'failed' }>['because']): Transition =>
  move(journey, { name: 'failed', because })

const expire = (journey: Journey): Transition => move(journey, { name: 'expired' })

const ask = (
  journey: Journey,
  challenge: Omit<ChallengeState, 'name' | 'progress'>,
  open: 'first' | 'any',
): Transition => {
  const [first] = challenge.offered
  return open === 'first' || challenge.offered.length === 1
    ? begin(journey, { name: 'challenging', ...challenge, progress: { stage: 'picking' } }, first as FactorSelector)
    : move(journey, { name: 'challenging', ...challenge, progress: { stage: 'picking' } })
}

const standingIn = ({ progress }: ChallengeState) => {
  if (progress.stage === 'asking') return { earlier: { factor: progress.factor, begun: progress.begun } }
  return progress.stage === 'beginning' && progress.earlier ? { earlier: progress.earlier } : {}
}

const begin = (journey: Journey, state: ChallengeState, factor: FactorSelector): Transition =>
  move(
    journey,
    { ...state, progress: { stage: 'beginning', factor, ...standingIn(state) } },
    { type: 'begin-challenge', factor },
  )

const dropFactor: Cell<'challenging', 'factor-lost'> = (journey) => {
  const { progress, offered } = journey.state
  if (progress.stage === 'picking') return move(journey, journey.state)
  const left = offered.filter(({ type }) => type !== progress.factor.type)
  return left.length > 0
    ? move(journey, { ...journey.state, offered: left, progress: { stage: 'picking' } })
    : fail(journey, 'no-usable-factor')
}

/** The demands of one handler, one after the other; then the pipeline goes on. */
const face = (
  journey: Journey,
  { demands, next }: { demands: readonly Demand[]; next: Position },
  circumstances: Circumstances,
): Transition => {
  const [demand, ...rest] = demands
  if (!demand) return run(journey, next, circumstances.now)
  if (demand.type === 'redirect') return move(journey, { name: 'redirecting', url: demand.url, next })
  if (demand.type === 'prompt') {
    const { type: _, ...prompt } = demand
    return move(journey, { name: 'prompting', prompt, next })
  }
  const offered = offerFor(demand, journey.passed, circumstances)
  if (offered === 'satisfied') return face(journey, { demands: rest, next }, circumstances)
  if (offered === 'unusable') return fail(journey, 'no-usable-factor')
  return ask(journey, { offered, rest, next }, demand.open)
}

const finishActions = (journey: Journey, circumstances: Circumstances): Transition => {
  const offered = offerOfPolicy(journey.passed, circumstances)
  return offered.length > 0
    ? ask(journey, { offered, rest: [], next: 'new-password' }, 'any')
    : move(journey, { name: 'choosing-password' })
}

const endLeg: Cell<'running', 'leg-ended'> = (before, { decision, resultUrl, circumstances }) => {
  const journey = resultUrl === undefined ? before : { ...before, resultUrl }
  switch (decision.type) {
    case 'proceed':
      return finishActions(journey, circumstances)
    case 'deny':
      return move(journey, { name: 'denied', reason: decision.reason })
    case 'fail':
      return fail(journey, 'action-failed')
    case 'pause':
      return face(journey, decision, circumstances)
  }
}

const passChallenge: Cell<'challenging', 'challenge-passed'> = (before, { circumstances }) => {
  const { progress, rest, next } = before.state
  if (progress.stage !== 'asking') return move(before, before.state)
  const journey = { ...before, passed: [...before.passed, { type: progress.factor.type, at: circumstances.now }] }
  return next === 'new-password'
    ? move(journey, { name: 'choosing-password' })
    : face(journey, { demands: rest, next }, circumstances)
}

const table: Table = {
  confirming: {
    'ticket-redeemed': (journey, { now }) => run(journey, start, now),
    expired: expire,
  },
  running: {
    'leg-ended': endLeg,
    'leg-lost': (journey) => fail(journey, 'run-lost'),
    expired: expire,
  },
  challenging: {
    'picker-asked': (journey) => move(journey, { ...journey.state, progress: { stage: 'picking' } }),
    'factor-chosen': (journey, { choice }) => {
      const factor = journey.state.offered[choice]
      return factor ? begin(journey, journey.state, factor) : move(journey, journey.state)
    },
    'question-asked-again': (journey) => {
      const { progress } = journey.state
      return progress.stage === 'picking'
        ? move(journey, journey.state)
        : begin(journey, journey.state, progress.factor)
    },
    'challenge-begun': (journey, { begun }) => {
      const { progress } = journey.state
      return progress.stage === 'beginning'
        ? move(journey, { ...journey.state, progress: { stage: 'asking', factor: progress.factor, begun } })
        : move(journey, journey.state)
    },
    'question-refused': (journey) => {
      const { progress } = journey.state
      if (progress.stage !== 'beginning') return move(journey, journey.state)
      const { earlier } = progress
      return move(journey, {
        ...journey.state,
        progress: earlier ? { stage: 'asking', ...earlier } : { stage: 'picking' },
      })
    },
    'factor-lost': dropFactor,
    'challenge-passed': passChallenge,
    'attempts-exhausted': (journey) => fail(journey, 'too-many-attempts'),
    expired: expire,
  },
  redirecting: {
    'state-minted': (journey, { stateHash }) => {
      const { url, next } = journey.state
      return move(journey, { name: 'redirecting', url, next, stateHash })
    },
    'return-posted': (journey, { body }) => move(journey, { ...journey.state, posted: body }),
    returned: (journey, { now }) => run(journey, journey.state.next, now),
    expired: expire,
  },
  prompting: {
    'prompt-submitted': (journey, { now }) => run(journey, journey.state.next, now),
    expired: expire,
  },
  'choosing-password': {
    'password-set': (journey) => move(journey, { name: 'completed' }),
    expired: expire,
  },
  completed: {},
  denied: {},
  failed: {},
  expired: {},
}

/** `undefined` when the input has no business in the journey's state: nothing may then be changed. */
export const transition = (journey: Journey, input: Input): Transition | undefined => {
  // The table's type ties each cell to its state and input; looking one up by two values loses that tie.
  const cell = table[journey.state.name][input.type] as Cell<StateName, InputType> | undefined
  return cell?.(journey as Parameters<Cell<StateName, InputType>>[0], input)
}

/** Every cell of the table, as `state input`; held against the drawing by a test. */
export const transitionNames = (): string[] =>
  Object.entries(table).flatMap(([state, row]) => Object.keys(row).map((input) => `${state} ${input}`))

export const isEnd = (state: FlowState): boolean => Object.keys(table[state.name]).length === 0
