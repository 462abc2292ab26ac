/** Fields to replace; those left out stay. Where a field may be absent, `undefined` as its value removes it. */
export type Patch<Record> = {
  [Field in keyof Record]?: { [Name in Field]?: Record[Name] } extends Pick<Record, Field>
    ? Record[Field] | undefined
    : Record[Field]
}
