/** Details come from requests and from author code: nothing they hold may make an entry large. */
const longestText = 2_048
const longestStack = 8_192
const mostItems = 50
const deepest = 8
/** As JSON, in characters. */
const longest = 32_768

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text)

const bound = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return cut(value, longestText)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return '…'
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => bound(item, depth - 1))
  const fields = Object.entries(value).slice(0, mostItems)
  return Object.fromEntries(
    fields.map(([name, inner]) => [
      cut(name, 256),
      name === 'stack' && typeof inner === 'string' ? cut(inner, longestStack) : bound(inner, depth - 1),
    ]),
  )
}

export const boundDetails = (details: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const bounded = bound(details, deepest) as Record<string, unknown>
  return JSON.stringify(bounded).length <= longest ? bounded : { left_out: 'The details were too long.' }
}

/** The same for a text field of an entry. */
export const boundText = (text: string): string => cut(text, longestText)
