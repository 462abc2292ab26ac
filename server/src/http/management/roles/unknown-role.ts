import { notFound, type WireProblem } from '../../wire-problem.ts'

export const unknownRole = (): WireProblem => notFound('The role does not exist.', 'inexistent_role')
