/** What the actions family answers when it does not do what it was asked, in the vendor's words where they are known. */
import { type DependencyError, placeAndText } from '@interlock/runtime'
import type { Draft } from '../../../actions/action.ts'
import { badRequest, conflict, notFound, WireProblem } from '../../wire-problem.ts'

export const unknownAction = () => notFound('That action does not exist.')
export const unknownVersion = () => notFound('That action version does not exist.')
export const unknownTrigger = () => notFound('That trigger does not exist.')

export const nameTaken = (name: string) => conflict(`An action with the name '${name}' already exists.`)
export const stillBound = () => conflict('Unable to delete an action bound to a trigger.')

const notBuiltFor =
  (what: 'deployed' | 'tested') =>
  ({ errors: [first] }: Pick<Draft, 'errors'>) => {
    const cause = first ? ` | caused by: ${placeAndText(first)}` : ''
    return badRequest(`A draft must be in the 'built' state before it can be ${what}.${cause}`)
  }

/** The first sentence is what the vendor's deploy tool waits on. */
export const notBuilt = notBuiltFor('deployed')
export const notTestable = notBuiltFor('tested')

export const notDeployed = (action: string) =>
  badRequest(`Trying to create a binding for an action that has not been deployed: ${action}.`)

/** The caller reads the text, the operator's log has the cause as well. */
export const registryFailed = (error: DependencyError): WireProblem => {
  const problem = new WireProblem(503, error.message)
  problem.cause = error.cause
  return problem
}

export const overLimit = (limit: string, { found, most, unit }: { found: number; most: number; unit: string }) =>
  badRequest(`Limit ${limit} exceeded: ${found} ${unit}, the limit is ${most}.`)
