/** A value that a schema describes: what it must hold, and whatever of the rest has an example. */
import type { JsonSchema } from './json-schema.ts'

const formats: Record<string, string> = { email: 'ada@example.com', uri: 'https://app.example.com/' }

const ofString = ({ format = '', minLength = 0 }: JsonSchema): string =>
  formats[format] ?? 'text'.padEnd(minLength, 't')

const ofObject = ({ properties = {}, required = [] }: JsonSchema): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(properties as Record<string, JsonSchema>)
      .filter(([name, schema]) => required.includes(name) || schema.examples !== undefined)
      .map(([name, schema]) => [name, exampleOf(schema)]),
  )

const ofArray = ({ items, minItems = 0 }: JsonSchema): unknown[] =>
  minItems > 0 || (typeof items === 'object' && !Array.isArray(items) && items.examples !== undefined)
    ? [exampleOf(items as JsonSchema)]
    : []

export const exampleOf = (schema: JsonSchema): unknown => {
  const { examples, const: only, enum: values, anyOf, oneOf, type } = schema
  const [first] = examples ?? values ?? []
  if (first !== undefined) return first
  if (only !== undefined) return only
  if (schema.default !== undefined) return schema.default
  const [variant] = oneOf ?? anyOf ?? []
  if (variant !== undefined) return exampleOf(variant)
  switch (type) {
    case 'object':
      return ofObject(schema)
    case 'array':
      return ofArray(schema)
    case 'string':
      return ofString(schema)
    case 'integer':
    case 'number':
      return schema.minimum ?? 0
    case 'boolean':
      return true
    default:
      return null
  }
}
