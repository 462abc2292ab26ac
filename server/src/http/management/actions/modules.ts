/** Action modules: there are none, and the vendor's deploy tool asks for the list at every import. */
import { z } from 'zod'
import type { Api } from '../../plugins/zod-schemas.ts'
import { actionList, actionListOf } from '../paging.ts'
import { pageOfActions } from './action-schema.ts'

export const moduleRoutes = () => async (app: Api) => {
  const schema = {
    summary: 'Action modules: always none',
    querystring: pageOfActions,
    response: { 200: actionListOf('modules', z.unknown()) },
  }
  const options = { config: { scopes: ['read:actions'] }, schema }
  app.get('/actions/modules', options, async ({ query }) => actionList({ key: 'modules', items: [], total: 0 }, query))
}
