/** The step pages with a challenge: answering it, choosing another factor, having the question put again. */
import type { FastifyInstance } from 'fastify'
import { problem } from '../../errors.ts'
import type { AnswerChallenge } from '../../steps/answer-challenge.ts'
import type { ChooseFactor } from '../../steps/choose-factor.ts'
import { browserSecretOf } from '../plugins/browser-cookie.ts'
import { formOf } from './form.ts'
import { ownFormFacts } from './request-facts.ts'
import { type Show, toStep } from './show.ts'

interface Options {
  answerChallenge: AnswerChallenge
  chooseFactor: ChooseFactor
  show: Show
}

const toWish = (factor: string | undefined): number | 'picker' => {
  if (!factor) return 'picker'
  if (!/^\d{1,2}$/.test(factor)) throw problem('ERR_REQUEST_INVALID')
  return Number(factor)
}

export const challengeRoutes =
  (options: Options) =>
  async (app: FastifyInstance): Promise<void> => {
    const { answerChallenge, chooseFactor, show } = options
    const form = { preHandler: app.requireSameSite }

    app.post('/u/reset-password/challenge', form, async (request, reply) => {
      const answered = await answerChallenge({
        tenant: request.tenant,
        browserSecret: browserSecretOf(request),
        answer: formOf(request),
        facts: ownFormFacts(request),
      })
      return answered.result === 'moved' ? toStep(reply) : show(request, reply, answered)
    })

    app.post('/u/reset-password/factor', form, async (request, reply) => {
      await chooseFactor({
        tenant: request.tenant,
        browserSecret: browserSecretOf(request),
        facts: ownFormFacts(request),
        wish: toWish(formOf(request).factor),
      })
      return toStep(reply)
    })

    app.post('/u/reset-password/resend', form, async (request, reply) => {
      await chooseFactor({
        tenant: request.tenant,
        browserSecret: browserSecretOf(request),
        facts: ownFormFacts(request),
        wish: 'again',
      })
      return toStep(reply)
    })
  }
