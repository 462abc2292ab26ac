/** Action modules: there are none, and the vendor's deploy tool asks for the list at every import. */
import type { Api } from '../../plugins/zod-schemas.ts'
import { actionList } from '../paging.ts'
import { pageOfActions } from './action-schema.ts'

export const moduleRoutes = () => async (app: Api) => {
  const options = { config: { scopes: ['read:actions'] }, schema: { querystring: pageOfActions } }
  app.get('/actions/modules', options, async ({ query }) => actionList({ key: 'modules', items: [], total: 0 }, query))
}
