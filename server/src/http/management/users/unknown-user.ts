import { notFound, type WireProblem } from '../../wire-problem.ts'

export const unknownUser = (): WireProblem => notFound('The user does not exist.', 'inexistent_user')
