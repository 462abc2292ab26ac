/** Every page of a reset, by the name of its view. */
import type { FactorSelector } from '@interlock/runtime'
import type { ChallengeView } from '../factors/factor.ts'
import type { FailureReason } from '../flow/state.ts'
import { showLife } from '../show-life.ts'
import type { View } from '../steps/view.ts'
import { passwordLength } from '../users/password-policy.ts'
import type { PageRow } from './page.ts'
import { promptFieldsOf } from './prompt-fields.ts'
import { webUrl } from './web-url.ts'

export type ResetView = Exclude<View, { page: 'redirect' }>
type Pages = { [Name in ResetView['page']]: (view: Extract<ResetView, { page: Name }>) => PageRow }

const refusedForm = 422

/** Whether it was our fault (5xx), the user's account or their answers. */
const failureStatus = {
  'action-failed': 500,
  'run-lost': 503,
  'no-usable-factor': 403,
  'too-many-attempts': 429,
} as const satisfies Record<FailureReason, number>

type Challenge<Kind extends ChallengeView['kind']> = Extract<ChallengeView, { kind: Kind }>
/** The part of the screen's name that is the vendor's word for the factor. */
const screenParts = {
  email: 'email',
  otp: 'otp',
  'recovery-code': 'recovery-code',
  'phone-sms': 'sms',
  'phone-voice': 'voice',
} as const

type CodeFactor = 'email' | 'otp' | 'recovery-code' | 'phone-sms' | 'phone-voice'

const codeFactorOf = ({ factor, via }: Challenge<'code'>): CodeFactor => {
  if (factor === 'phone') return via === 'voice' ? 'phone-voice' : 'phone-sms'
  if (factor === 'email' || factor === 'otp' || factor === 'recovery-code') return factor
  throw new Error(`The factor ${factor} asks for no code.`)
}

const lifeOf = ({ lifeSeconds }: Challenge<'code'>): string => (lifeSeconds === undefined ? '' : showLife(lifeSeconds))

const codePage = (challenge: Challenge<'code'>): PageRow => {
  const name = codeFactorOf(challenge)
  return {
    template: 'challenge-code',
    title: `challenge.${name}.title`,
    screen: `reset-password-mfa-${screenParts[name]}-challenge`,
    facts: { challenge: { sentTo: '', ...challenge }, lead: `challenge.${name}.lead`, life: lifeOf(challenge) },
  }
}

const webauthnPage = ({ factor, options }: Challenge<'webauthn'>): PageRow => ({
  template: 'challenge-webauthn',
  title: `challenge.${factor}.title`,
  screen: `reset-password-mfa-${factor}-challenge`,
  facts: { options, lead: `challenge.${factor}.lead`, use: `challenge.${factor}.use` },
})

/** A phone that is asked for by one method is named after it. */
const choiceName = ({ type, options }: FactorSelector): string => {
  const method = type === 'phone' ? options?.preferredMethod : undefined
  return method === 'sms' || method === 'voice' ? `factor.phone-${method}` : `factor.${type}`
}

export const resetPages: Pages = {
  request: ({ connection = '', clientId = '', organizationId = '', error }) => ({
    template: 'request',
    title: 'request.title',
    screen: 'reset-password-request',
    facts: { connection, clientId, organizationId },
    ...(error && {
      status: error === 'too-many-requests' ? 429 : refusedForm,
      error: { id: `request.error.${error}` },
    }),
  }),
  'check-email': ({ email }) => ({
    template: 'check-email',
    title: 'check-email.title',
    screen: 'reset-password-email',
    facts: { email },
  }),
  'confirm-link': ({ ticket, email }) => ({
    template: 'confirm-link',
    title: 'confirm-link.title',
    facts: { ticket, email },
  }),
  challenge: ({ challenge, others, error }) => {
    const page = challenge.kind === 'code' ? codePage(challenge) : webauthnPage(challenge)
    const id = challenge.kind === 'code' ? 'challenge.error.wrong-answer' : 'challenge.webauthn.error.wrong-answer'
    return { ...page, facts: { ...page.facts, others }, ...(error && { status: refusedForm, error: { id } }) }
  },
  'choose-factor': ({ choices }) => ({
    template: 'choose-factor',
    title: 'choose-factor.title',
    facts: { choices: choices.map(choiceName) },
  }),
  prompt: ({ fields }) => ({ template: 'prompt', title: 'prompt.title', facts: { fields: promptFieldsOf(fields) } }),
  'new-password': ({ email, error }) => ({
    template: 'new-password',
    title: 'new-password.title',
    screen: 'reset-password',
    facts: { email, length: passwordLength.smallest },
    ...(error && {
      status: refusedForm,
      error: { id: `new-password.error.${error}`, values: { length: passwordLength.smallest } },
    }),
  }),
  wait: () => ({ template: 'wait', title: 'wait.title' }),
  done: ({ resultUrl }) => ({
    template: 'done',
    title: 'done.title',
    screen: 'reset-password-success',
    facts: { resultUrl: webUrl(resultUrl) ?? '' },
  }),
  denied: ({ reason }) => ({ template: 'denied', title: 'denied.title', status: 403, facts: { reason } }),
  failed: ({ because }) => ({
    template: 'failed',
    title: 'failed.title',
    status: failureStatus[because],
    facts: { lead: `failed.${because}`, again: because === 'no-usable-factor' ? 'no' : 'yes' },
  }),
  expired: () => ({ template: 'expired', title: 'expired.title', screen: 'reset-password-error', status: 410 }),
}
