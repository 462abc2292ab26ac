/** `GET /users`: all users, or those that a query finds; the first thousand can be paged through. */
import { z } from 'zod'
import { type SortableField, sortableFields, type UserSearch, userSearchFields } from '../../../users/user-search.ts'
import type { UserStore } from '../../../users/user-store.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { fieldsQuery, flag, offsetListOf, offsetPage, offsetPaging, selectFields, toPage } from '../paging.ts'
import { inTime, readQuery } from '../search-query.ts'
import { toUserAnswer, userAnswer } from './to-user.ts'

const sort = z
  .string()
  .regex(new RegExp(`^(${sortableFields.join('|')}):(1|-1)$`))
  .default('created_at:1')
  .describe('A field of the profile and :1, or :-1 for the last first')

const listUsers = z.strictObject({
  q: z.string().max(2_048).optional(),
  search_engine: z.literal('v3').optional(),
  sort,
  connection: z.string().max(128).optional(),
  primary_order: flag.optional().describe('The order is always the same'),
  ...offsetPaging,
  ...fieldsQuery,
})

const orderOf = (text: string): UserSearch['order'] => {
  const [by, direction] = text.split(':')
  return { by: by as SortableField, direction: direction === '1' ? 'ascending' : 'descending' }
}

export const listRoute = (app: Api, { users }: { users: Pick<UserStore, 'search'> }) => {
  const schema = {
    summary: 'All users, or those that q finds',
    querystring: listUsers,
    response: { 200: offsetListOf('users', userAnswer.partial()) },
    refuses: [503],
  }
  const options = { config: { scopes: ['read:users'] }, schema }
  app.get('/users', options, async ({ tenant, query: asked }) => {
    const query = readQuery(asked.q, userSearchFields)
    const search = users.search(tenant.name, {
      ...(query && { query }),
      ...(asked.connection !== undefined && { connection: asked.connection }),
      order: orderOf(asked.sort),
      ...toPage(asked),
    })
    const { items, total } = await inTime(search)
    const shown = items.map((user) => selectFields(toUserAnswer(user), asked))
    return offsetPage({ key: 'users', items: shown, total }, asked)
  })
}
