/** The page of the step the user is at, and two of its forms: an action's prompt, and the new password. */
import type { FastifyInstance } from 'fastify'
import type { SetPassword } from '../../steps/set-password.ts'
import type { ShowStep } from '../../steps/show-step.ts'
import type { SubmitPrompt } from '../../steps/submit-prompt.ts'
import { browserSecretOf } from '../plugins/browser-cookie.ts'
import { formOf } from './form.ts'
import { ownFormFacts, requestFacts } from './request-facts.ts'
import { type Show, stepPath, toStep } from './show.ts'

interface Options {
  showStep: ShowStep
  submitPrompt: SubmitPrompt
  setPassword: SetPassword
  show: Show
}

export const stepRoutes =
  (options: Options) =>
  async (app: FastifyInstance): Promise<void> => {
    const { showStep, submitPrompt, setPassword, show } = options
    const form = { preHandler: app.requireSameSite }

    app.get(stepPath, async (request, reply) => {
      const shown = await showStep({
        tenant: request.tenant,
        browserSecret: browserSecretOf(request),
        facts: requestFacts(request),
      })
      return show(request, reply, shown)
    })

    app.post('/u/reset-password/prompt', form, async (request, reply) => {
      await submitPrompt({
        tenant: request.tenant,
        browserSecret: browserSecretOf(request),
        fields: formOf(request),
        facts: requestFacts(request),
      })
      return toStep(reply)
    })

    app.post('/u/reset-password/password', form, async (request, reply) => {
      const { password = '', confirmation = '' } = formOf(request)
      const set = await setPassword({
        tenant: request.tenant,
        browserSecret: browserSecretOf(request),
        password,
        confirmation,
        facts: ownFormFacts(request),
      })
      return set.result === 'set' ? toStep(reply) : show(request, reply, set)
    })
  }
