/** The journey's form as it may come back from a store: every state, nothing else. */
import { type Demand, type FactorSelector, factorTypes, type Position } from '@interlock/runtime'
import { z } from 'zod'
import type { ChallengeProgress, FlowState, Journey } from '../../flow/state.ts'
import { jsonObject, time } from './stored-record.ts'

const position: z.ZodType<Position> = z.strictObject({
  action: z.int().nonnegative(),
  handler: z.enum(['onExecutePostChallenge', 'onContinuePostChallenge']),
})

const factor: z.ZodType<FactorSelector> = z.strictObject({
  type: z.enum(factorTypes),
  options: z
    .strictObject({
      preferredMethod: z.enum(['sms', 'voice', 'both']).optional(),
      otpFallback: z.boolean().optional(),
    })
    .optional(),
})

const prompt = { id: z.string(), fields: jsonObject.exactOptional(), vars: jsonObject.exactOptional() }

const demand: z.ZodType<Demand> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('challenge'), open: z.enum(['first', 'any']), factors: z.array(factor) }),
  z.strictObject({ type: z.literal('redirect'), url: z.string() }),
  z.strictObject({ type: z.literal('prompt'), ...prompt }),
])

const progress: z.ZodType<ChallengeProgress> = z.discriminatedUnion('stage', [
  z.strictObject({ stage: z.literal('picking') }),
  z.strictObject({
    stage: z.literal('beginning'),
    factor,
    earlier: z.strictObject({ factor, begun: jsonObject }).exactOptional(),
  }),
  z.strictObject({ stage: z.literal('asking'), factor, begun: jsonObject }),
])

const state: z.ZodType<FlowState> = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('confirming') }),
  z.strictObject({ name: z.literal('running'), position, since: time }),
  z.strictObject({
    name: z.literal('challenging'),
    offered: z.array(factor).min(1),
    progress,
    rest: z.array(demand),
    next: z.union([position, z.literal('new-password')]),
  }),
  z.strictObject({
    name: z.literal('redirecting'),
    url: z.string(),
    stateHash: z.string().exactOptional(),
    posted: jsonObject.exactOptional(),
    next: position,
  }),
  z.strictObject({ name: z.literal('prompting'), prompt: z.strictObject(prompt), next: position }),
  z.strictObject({ name: z.literal('choosing-password') }),
  z.strictObject({ name: z.literal('completed') }),
  z.strictObject({ name: z.literal('denied'), reason: z.string() }),
  z.strictObject({
    name: z.literal('failed'),
    because: z.enum(['action-failed', 'no-usable-factor', 'run-lost', 'too-many-attempts']),
  }),
  z.strictObject({ name: z.literal('expired') }),
])

export const journeySchema: z.ZodType<Journey> = z.strictObject({
  state,
  passed: z.array(z.strictObject({ type: z.enum(factorTypes), at: time })),
  resultUrl: z.string().exactOptional(),
})
