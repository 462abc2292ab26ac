/** `/guardian/enrollments/{id}`: one enrolment, whoever has it. What the vendor lists as none is none here. */
import { z } from 'zod'
import type { Tenant } from '../../tenants/tenant.ts'
import type { EnrollmentStore } from '../../users/enrollment.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { noBody } from '../wire-answer.ts'
import { notFound } from '../wire-problem.ts'
import { enrollmentAnswer, toEnrollmentAnswer } from './users/enrollments.ts'

export type GuardianEnrollmentDeps = { enrollments: Pick<EnrollmentStore, 'findById' | 'remove'> }

const unknownEnrollment = () => notFound('The enrollment does not exist.', 'inexistent_enrollment')

const byEnrollment = z.object({ id: z.string() })

export const guardianEnrollmentRoutes =
  ({ enrollments }: GuardianEnrollmentDeps) =>
  async (app: Api) => {
    const path = '/guardian/enrollments/:id'

    const find = async (tenant: Tenant, id: string) => {
      const enrollment = await enrollments.findById(tenant.name, id)
      const answer = enrollment && toEnrollmentAnswer(enrollment)
      if (!answer) throw unknownEnrollment()
      return { userId: enrollment.userId, answer }
    }

    const readSchema = { summary: 'One enrolment', params: byEnrollment, response: { 200: enrollmentAnswer } }
    const readOptions = { config: { scopes: ['read:guardian_enrollments'] }, schema: readSchema }
    app.get(path, readOptions, async ({ tenant, params }) => (await find(tenant, params.id)).answer)

    const removeSchema = { summary: 'Takes it away', params: byEnrollment, response: { 204: noBody } }
    const removeOptions = { config: { scopes: ['delete:guardian_enrollments'] }, schema: removeSchema }
    app.delete(path, removeOptions, async (request, reply) => {
      const { tenant, params } = request
      const { userId } = await find(tenant, params.id)
      if ((await enrollments.remove(tenant.name, userId, params.id)) === 'unknown') throw unknownEnrollment()
      request.concerns = userId
      return reply.code(204).send()
    })
  }
