/** Tables and figures in Markdown. */

/** The first column is text, the others are figures. */
export const toTable = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  toRow(head),
  toRow(head.map((_, column) => (column === 0 ? '---' : '---:'))),
  ...rows.map(toRow),
]

const toRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** Three digits, and no exponents. */
export const toFigure = (value: number | undefined): string => {
  if (value === undefined || Number.isNaN(value)) return '–'
  return Number.isInteger(value) || value >= 100
    ? String(Math.round(value))
    : value.toLocaleString('en', { maximumSignificantDigits: 3, minimumSignificantDigits: 3 })
}
