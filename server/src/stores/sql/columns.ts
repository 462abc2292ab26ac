/** Records to columns and back. A field that is absent is null, a flag is 0 or 1, everything with a structure is JSON. */
type Column<Value> = Value extends undefined
  ? null
  : Value extends boolean
    ? 0 | 1
    : Value extends string | number
      ? Value
      : string

export type Columns<Record> = { [Field in keyof Record]: Column<Required<Record>[Field]> }

/** Only the fields that are there: in an update the others stay as they are, and `undefined` as a value clears one. */
export const toColumns = <Record extends object>(record: Record): Columns<Record> =>
  Object.fromEntries(Object.entries(record).map(([field, value]) => [field, toColumn(value)])) as Columns<Record>

const toColumn = (value: unknown): unknown => {
  if (value === undefined) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'object' ? JSON.stringify(value) : value
}

type Present<Row> = { [Field in keyof Row as null extends Row[Field] ? never : Field]: Row[Field] } & {
  [Field in keyof Row as null extends Row[Field] ? Field : never]?: NonNullable<Row[Field]>
}

export const withoutNulls = <Row extends object>(row: Row): Present<Row> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Present<Row>
