/** What `console.table` draws: Node's columns and Node's lines. */
import { inspectValue, loadFormatter } from '../../formatter.ts'
import { types } from '../util/types.ts'
import { requireArray } from '../validate.ts'

type Column = readonly (string | undefined)[]

const widthOf = (text: string): number =>
  (loadFormatter() as unknown as { getStringWidth(text: string): number }).getStringWidth(text)

const draw = (heads: readonly string[], columns: readonly Column[]): string => {
  const height = Math.max(...columns.map((column) => column.length))
  const widths = heads.map((head, index) => {
    const cells = columns[index] ?? []
    return Math.max(widthOf(head), ...Array.from(cells, (cell) => widthOf(cell ?? '')))
  })
  const row = (cells: Column) => {
    const padded = widths.map((width, index) => {
      const cell = cells[index] ?? ''
      return cell + ' '.repeat(width - widthOf(cell))
    })
    return `│ ${padded.join(' │ ')} │\n`
  }
  const line = (middle: string) => widths.map((width) => '─'.repeat(width + 2)).join(middle)
  const rows = Array.from({ length: height }, (_, at) => row(columns.map((column) => column[at])))
  return `┌${line('┬')}┐\n${row(heads)}├${line('┼')}┤\n${rows.join('')}└${line('┴')}┘`
}

const isList = (value: object) => Array.isArray(value) || ArrayBuffer.isView(value)

/** One cell: values inside of it are not opened further. */
const show = (value: unknown): string => {
  const isWide = typeof value === 'object' && value !== null && !isList(value) && Object.keys(value).length > 2
  return inspectValue(value, { depth: isWide ? -1 : 0, maxArrayLength: 3, breakLength: Number.POSITIVE_INFINITY })
}

const iteration = '(iteration index)'
const numbersTo = (length: number) => Array.from({ length }, (_, index) => show(index))

const is = types as unknown as Record<
  'isMap' | 'isSet' | 'isMapIterator' | 'isSetIterator',
  (value: unknown) => boolean
>

const drawMap = (entries: readonly [unknown, unknown][]): string =>
  draw(
    [iteration, 'Key', 'Values'],
    [numbersTo(entries.length), entries.map(([key]) => show(key)), entries.map(([, value]) => show(value))],
  )

const drawValues = (values: readonly unknown[]): string =>
  draw([iteration, 'Values'], [numbersTo(values.length), values.map(show)])

const drawObject = (data: Record<string, unknown>, properties: readonly string[] | undefined): string => {
  const rows = Object.keys(data)
  const columns = new Map<string, string[]>()
  const values: string[] = []
  for (const [at, row] of rows.entries()) {
    const item = data[row]
    const isPrimitive = item === null || (typeof item !== 'object' && typeof item !== 'function')
    if (isPrimitive && properties === undefined) {
      values[at] = show(item)
      continue
    }
    for (const key of properties ?? Object.keys(item as object)) {
      const column = columns.get(key) ?? []
      const isThere = !isPrimitive && Object.hasOwn(item as object, key)
      column[at] = isThere ? show((item as Record<string, unknown>)[key]) : ''
      columns.set(key, column)
    }
  }
  // The order of an object's keys: whole numbers first.
  const names = Object.keys(Object.fromEntries(columns))
  const heads = ['(index)', ...names, ...(values.length > 0 ? ['Values'] : [])]
  const cells = [rows, ...names.map((name) => columns.get(name) ?? []), ...(values.length > 0 ? [values] : [])]
  return draw(heads, cells)
}

/** Undefined where the value is to be printed as ever. Iterators are shown whole, and are used up by it. */
export const drawTable = (data: unknown, properties?: unknown): string | undefined => {
  if (properties !== undefined) requireArray(properties, 'properties')
  if (typeof data !== 'object' || data === null) return undefined
  if (is.isMap(data)) return drawMap([...(data as Map<unknown, unknown>)])
  if (is.isMapIterator(data) || is.isSetIterator(data)) {
    const values = [...(data as Iterable<unknown>)]
    const isPairs = is.isMapIterator(data) && values.every((value) => Array.isArray(value) && value.length === 2)
    return isPairs ? drawMap(values as [unknown, unknown][]) : drawValues(values)
  }
  if (is.isSet(data)) return drawValues([...(data as Set<unknown>)])
  return drawObject(data as Record<string, unknown>, properties as readonly string[] | undefined)
}
