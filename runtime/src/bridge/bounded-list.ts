/**
 * A list from the far side. Its length is looked at before any element, and the first element that is wrong ends the
 * reading: zod alone would walk a million of them, and make an issue of each, before it says that there are too many.
 */
import { z } from 'zod'

export const boundedList = <Item>(item: z.ZodType<Item>, maximum: number) =>
  z.unknown().transform((value, context): Item[] => {
    const items = Array.isArray(value) && value.length <= maximum ? readAll(item, value) : undefined
    if (items) return items
    context.addIssue({ code: 'custom', message: `must be a list of at most ${maximum}, each as it should be` })
    return z.NEVER
  })

const readAll = <Item>(item: z.ZodType<Item>, values: readonly unknown[]): Item[] | undefined => {
  const items: Item[] = []
  for (const value of values) {
    const read = item.safeParse(value)
    if (!read.success) return undefined
    items.push(read.data)
  }
  return items
}
