/** The two forms in which the management API pages, see `offsetList` and `actionList`. */
import { z } from 'zod'
import type { Page } from '../../page.ts'

export const wholeNumber = (smallest: number, largest: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(smallest).max(largest))
    .meta({ type: 'integer', minimum: smallest, maximum: largest })

export const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .meta({ type: 'boolean' })

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
export const actionList = <const Key extends string, Item>(
  list: { key: Key; items: readonly Item[]; total: number },
  { page, per_page }: PageQuery,
) => ({
  ...({ [list.key]: list.items } as Record<Key, Item[]>),
  ...(list.total > 0 && { total: list.total }),
  ...(page > 0 && { page }),
  per_page,
})

const arrayUnder = <Key extends string, Item extends z.ZodType>(key: Key, item: Item) =>
  ({ [key]: z.array(item) }) as Record<Key, z.ZodArray<Item>>

/** The same as a schema. */
export const actionListOf = <Key extends string, Item extends z.ZodType>(key: Key, item: Item) =>
  z.object({
    ...arrayUnder(key, item),
    total: z.int().optional(),
    page: z.int().optional(),
    per_page: z.int(),
  })

type OffsetQuery = PageQuery & { include_totals: boolean }

/** The rest: with `include_totals` an object, without it a bare array. */
export const offsetPage = <const Key extends string, Answer>(
  { key, items, total }: { key: Key; items: Answer[]; total: number },
  query: OffsetQuery,
) => {
  if (!query.include_totals) return items
  const { offset, limit } = toPage(query)
  const listed = { [key]: items } as Record<Key, Answer[]>
  return { start: offset, limit, length: items.length, total, ...listed }
}

/** The same of a whole list. */
export const offsetList = <const Key extends string, Item, Answer>(
  list: { key: Key; all: readonly Item[]; toAnswer: (item: Item) => Answer },
  query: OffsetQuery,
) => {
  const { offset, limit } = toPage(query)
  const items = list.all.slice(offset, offset + limit).map(list.toAnswer)
  return offsetPage({ key: list.key, items, total: list.all.length }, query)
}

/** The same as a schema. */
export const offsetListOf = <Key extends string, Item extends z.ZodType>(key: Key, item: Item) =>
  z.union([
    z.array(item),
    z.object({
      start: z.int(),
      limit: z.int(),
      length: z.int(),
      total: z.int(),
      ...arrayUnder(key, item),
    }),
  ])

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
