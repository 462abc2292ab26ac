/** The user's moves, wired to the stores and adapters that serve them. */
import type { Runtime } from '@interlock/runtime'
import type { Adapters } from './adapters.ts'
import { composeMail } from './compose-mail.ts'
import { createEnrollers } from './factors/enrollers.ts'
import { createFactorRegistry } from './factors/registry.ts'
import { advance } from './steps/advance.ts'
import { answerChallenge } from './steps/answer-challenge.ts'
import { chooseFactor } from './steps/choose-factor.ts'
import { continueRedirect, keepPostedReturn } from './steps/continue-redirect.ts'
import { enrollBegin } from './steps/enroll-begin.ts'
import { enrollConfirm } from './steps/enroll-confirm.ts'
import { enrollOpen } from './steps/enroll-open.ts'
import { enrollRedeem } from './steps/enroll-redeem.ts'
import { openSession } from './steps/enroll-session.ts'
import { enrollShow } from './steps/enroll-show.ts'
import { openLink } from './steps/open-link.ts'
import { openTransaction } from './steps/open-transaction.ts'
import { redeemTicket } from './steps/redeem-ticket.ts'
import { requestReset } from './steps/request-reset.ts'
import { runLeg } from './steps/run-leg.ts'
import { setPassword } from './steps/set-password.ts'
import { showStep } from './steps/show-step.ts'
import { loadSubject } from './steps/subject.ts'
import { submitPrompt } from './steps/submit-prompt.ts'
import { mintTicket } from './tickets/mint-ticket.ts'

export const composeSteps = (adapters: Adapters, runtime: Pick<Runtime, 'execute' | 'render'>) => {
  const mails = composeMail(adapters, runtime)
  const base = {
    ...adapters,
    ...mails,
    runtime,
    factors: createFactorRegistry({ ...adapters, ...mails }),
    loadSubject: loadSubject(adapters),
    mintTicket: mintTicket(adapters),
  }
  const flow = {
    ...base,
    openTransaction: openTransaction(base),
    advance: advance({ ...base, runLeg: runLeg(base) }),
  }
  const enrollers = createEnrollers(adapters)
  const enrolment = { ...base, enrollers, openSession: openSession(base) }
  return {
    enrollOpen: enrollOpen(base),
    enrollRedeem: enrollRedeem(enrolment),
    enrollShow: enrollShow(enrolment),
    enrollBegin: enrollBegin(enrolment),
    enrollConfirm: enrollConfirm(enrolment),
    requestReset: requestReset(flow),
    openLink: openLink(flow),
    redeemTicket: redeemTicket(flow),
    showStep: showStep(flow),
    chooseFactor: chooseFactor(flow),
    answerChallenge: answerChallenge(flow),
    keepPostedReturn: keepPostedReturn(flow),
    continueRedirect: continueRedirect(flow),
    submitPrompt: submitPrompt(flow),
    setPassword: setPassword(flow),
    mintTicket: base.mintTicket,
    factors: base.factors,
  }
}
export type Steps = ReturnType<typeof composeSteps>
