/**
 * A kind of proof. Every factor has the same three parts: `begin` puts the question (and sends a code where there is one),
 * `verify` judges the answer, `view` is what the page shows. What `begin` returns is stored with the transaction.
 */
import type { FactorSelector, FactorType } from '@interlock/runtime'
import type { ResetOrigin } from '../branding/reset-origin.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { Enrollment } from '../users/enrollment.ts'
import type { User } from '../users/user.ts'

/** What a factor keeps between its question and the answer. Plain JSON; secrets in it are sealed. */
export type Begun = { [name: string]: unknown }

/** Whose proof it is. `enrollments` are all of the user's. */
export interface Subject {
  tenant: Tenant
  user: User
  enrollments: readonly Enrollment[]
  /** Of the reset that asks for the proof. */
  origin?: ResetOrigin
}

/** The fields of the submitted form, as text. */
export type Answer = Readonly<Record<string, string>>

/** What the challenge page needs; the page's template is chosen by `kind`. */
export type ChallengeView =
  /** A code to type. Where one was sent, `sentTo` is masked, and it works for `lifeSeconds`; `length` in characters. */
  | {
      kind: 'code'
      factor: FactorType
      via?: 'sms' | 'voice'
      sentTo?: string
      lifeSeconds?: number
      length?: number
      input: 'numeric' | 'text'
      resend: 'possible' | 'none'
    }
  /** `options` is the JSON of PublicKeyCredentialRequestOptions. */
  | { kind: 'webauthn'; factor: 'webauthn-roaming' | 'webauthn-platform'; options: string }

export interface Factor {
  readonly type: FactorType
  /** Enabled for the tenant and enrolled by the user. */
  isUsable(subject: Subject): boolean
  begin(subject: Subject, selector: FactorSelector): Promise<Begun>
  /** Consumes what may be used once, atomically. Wrong, replayed and expired are all `failed`. */
  verify(subject: Subject, begun: Begun, answer: Answer): Promise<'passed' | 'failed'>
  view(subject: Subject, begun: Begun): ChallengeView
}

export interface FactorRegistry {
  get(type: FactorType): Factor | undefined
  /** In the order of strength in which they are offered. */
  all(): readonly Factor[]
}
