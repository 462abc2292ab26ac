/** Paging by checkpoint: `take` and `from`, where `from` is the `next` of the part before. */
import { z } from 'zod'
import type { Checkpoint, Slice } from '../../page.ts'
import { badRequest } from '../wire-problem.ts'
import { offsetListOf, offsetPage, offsetPaging, toPage, wholeNumber } from './paging.ts'

const defaultTake = 50

/** Clients choose the form by what they send: with `take` or `from` by checkpoint, else by page. */
export const anyPaging = { ...offsetPaging, take: wholeNumber(1, 100).optional(), from: z.string().max(64).optional() }
type AnyPaging = z.infer<z.ZodObject<typeof anyPaging>>

const encode = (next: number): string => Buffer.from(`after:${next}`).toString('base64url')

const decode = (from: string | undefined): number => {
  if (from === undefined || from === '') return 0
  const after = /^after:(\d{1,15})$/.exec(Buffer.from(from, 'base64url').toString())?.[1]
  if (after !== undefined) return Number(after)
  throw badRequest("Query validation error: 'Not the next of an earlier answer' on property from.", 'invalid_uri')
}

const isCheckpoint = ({ take, from }: AnyPaging): boolean => take !== undefined || from !== undefined

const toCheckpoint = ({ take = defaultTake, from }: AnyPaging): Checkpoint => ({ after: decode(from), limit: take })

export const toSlice = (query: AnyPaging): Slice => (isCheckpoint(query) ? toCheckpoint(query) : toPage(query))

/** In the form that the query asks for. */
export const slicedList = <const Key extends string, Answer>(
  { key, items, total, next }: { key: Key; items: Answer[]; total: number; next?: number },
  query: AnyPaging,
) => {
  if (!isCheckpoint(query)) return offsetPage({ key, items, total }, query)
  const listed = { [key]: items } as Record<Key, Answer[]>
  return { ...listed, ...(next !== undefined && { next: encode(next) }) }
}

/** The same as a schema. */
export const slicedListOf = <Key extends string, Item extends z.ZodType>(key: Key, item: Item) =>
  z.union([
    offsetListOf(key, item),
    z.object({ ...({ [key]: z.array(item) } as Record<Key, z.ZodArray<Item>>), next: z.string().optional() }),
  ])
