/** A query of the caller's: what cannot be understood is refused with the reason. */
import { checkValues } from '../../search/check-values.ts'
import { parseQuery } from '../../search/parse-query.ts'
import { type Query, QueryError, type SearchFields } from '../../search/query.ts'
import { SearchTooLong } from '../../search/too-long.ts'
import { badRequest, WireProblem } from '../wire-problem.ts'

export const orRefuse = <Read>(parameter: string, read: () => Read): Read => {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    throw badRequest(`Query validation error: '${error.message}' on property ${parameter}.`, 'invalid_uri')
  }
}

/** `undefined` for an empty one. */
export const readQuery = (q: string | undefined, fields: SearchFields): Query | undefined =>
  q === undefined || q.trim() === '' ? undefined : orRefuse('q', () => checkValues(parseQuery(q, fields), fields))

/** In the vendor's words where it was given up. */
export const inTime = async <Found>(search: Promise<Found>): Promise<Found> => {
  try {
    return await search
  } catch (error) {
    if (!(error instanceof SearchTooLong)) throw error
    throw new WireProblem(503, 'The query exceeded the timeout. Please try refining your search criteria.')
  }
}
