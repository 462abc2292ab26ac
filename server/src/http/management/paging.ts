/** The two forms in which the management API pages, see `offsetList` and `actionList`. */
import { z } from 'zod'
import type { Page } from '../../actions/page.ts'

const wholeNumber = (smallest: number, largest: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(smallest).max(largest))

export const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

const pageNumber = wholeNumber(0, 999_999_999)
const perPage = wholeNumber(1, 100)

export const actionPaging = { page: pageNumber.default(0), per_page: perPage.default(20) }
export const offsetPaging = {
  page: pageNumber.default(0),
  per_page: perPage.default(50),
  include_totals: flag.default(false),
}

interface PageQuery {
  page: number
  per_page: number
}

export const toPage = ({ page, per_page }: PageQuery): Page => ({ offset: page * per_page, limit: per_page })

/** The actions family: `page` and `total` are left out where they are 0, as the vendor does. */
export const actionList = <Key extends string, Item>(
  list: { key: Key; items: readonly Item[]; total: number },
  { page, per_page }: PageQuery,
) => ({
  [list.key]: list.items,
  ...(list.total > 0 && { total: list.total }),
  ...(page > 0 && { page }),
  per_page,
})

/** The rest: with `include_totals` an object, without it a bare array. */
export const offsetList = <Item, Answer>(
  list: { key: string; all: readonly Item[]; toAnswer: (item: Item) => Answer },
  query: PageQuery & { include_totals: boolean },
) => {
  const { offset, limit } = toPage(query)
  const items = list.all.slice(offset, offset + limit).map(list.toAnswer)
  if (!query.include_totals) return items
  return { start: offset, limit, length: items.length, total: list.all.length, [list.key]: items }
}

/** `fields` names what to show, or with `include_fields=false` what to hide. */
export const fieldsQuery = { fields: z.string().max(2_048).optional(), include_fields: flag.default(true) }

export const selectFields = <Answer extends object>(
  answer: Answer,
  { fields, include_fields }: { fields?: string | undefined; include_fields: boolean },
): Partial<Answer> => {
  if (fields === undefined) return answer
  const named = new Set(fields.split(',').map((name) => name.trim()))
  const shown = Object.entries(answer).filter(([name]) => named.has(name) === include_fields)
  return Object.fromEntries(shown) as Partial<Answer>
}
