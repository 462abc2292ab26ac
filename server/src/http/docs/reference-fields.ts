/** A JSON Schema as the fields one reads: each with the whole way to it, and its type in words. */
import type { ReferenceField } from '../../pages/reference-page.ts'
import type { JsonSchema } from './json-schema.ts'

const componentPlace = '#/components/schemas/'

const componentOf = ({ $ref }: JsonSchema): string | undefined => $ref?.replace(componentPlace, '')

/** The part of the page where a component is described. */
export const anchorOf = (component: string): string => `record-${component}`

const alternativesOf = ({ anyOf, oneOf }: JsonSchema): JsonSchema[] => (oneOf ?? anyOf ?? []) as JsonSchema[]

const itemsOf = ({ items }: JsonSchema): JsonSchema | undefined =>
  Array.isArray(items) ? undefined : (items as JsonSchema)

/** `1 to 100`, `at least 1`. */
const range = (least: number | undefined, most: number | undefined, unit: string): string => {
  if (least === undefined || least <= Number.MIN_SAFE_INTEGER) {
    return most === undefined || most >= Number.MAX_SAFE_INTEGER ? '' : ` up to ${most}${unit}`
  }
  if (most === undefined || most >= Number.MAX_SAFE_INTEGER) return least === 0 ? '' : ` from ${least}${unit}`
  return ` ${least} to ${most}${unit}`
}

const boundsOf = (schema: JsonSchema): string => {
  const { pattern } = schema
  const bounds = [
    range(schema.minimum, schema.maximum, ''),
    range(schema.minLength, schema.maxLength, ' characters'),
    range(schema.minItems, schema.maxItems, ' entries'),
    pattern === undefined ? '' : ` like ${pattern}`,
  ]
  const whenAbsent = schema.default === undefined ? '' : ` (${JSON.stringify(schema.default)} if absent)`
  return bounds.filter((text) => text !== '').join(',') + whenAbsent
}

const baseOf = (schema: JsonSchema): string => {
  const { type, format, const: only, enum: values } = schema
  if (only !== undefined) return JSON.stringify(only)
  if (values) return values.map((value) => JSON.stringify(value)).join(' or ')
  const alternatives = alternativesOf(schema)
  if (alternatives.length > 0) return [...new Set(alternatives.map(typeOf))].join(' or ')
  const items = itemsOf(schema)
  if (type === 'array' && items) return `array of ${baseOf(items)}`
  return componentOf(schema) ?? format ?? [type ?? 'anything'].flat().join(' or ')
}

const typeOf = (schema: JsonSchema): string => baseOf(schema) + boundsOf(schema)

/** What a reader is led to from a field: the component it holds, once or as a list. */
const linkOf = (schema: JsonSchema): string => {
  const component = componentOf(schema) ?? componentOf(itemsOf(schema) ?? {})
  return component === undefined ? '' : anchorOf(component)
}

export const summaryOf = (schema: JsonSchema): { type: string; link: string } => ({
  type: typeOf(schema),
  link: linkOf(schema),
})

interface Place {
  /** The way to it. */
  name: string
  /** What is said of fields that must be there. */
  need: ReferenceField['need']
}

export const fieldOf = (schema: JsonSchema, { name, need }: Place): ReferenceField => ({
  name,
  need,
  ...summaryOf(schema),
  description: schema.description ?? '',
})

const either: ReferenceField = { name: '', type: 'either', link: '', need: '', description: '' }

/** The fields below a schema; of alternatives that have fields, all of them one after the other. */
export const fieldsOf = (schema: JsonSchema, place: Place): ReferenceField[] => {
  const { name: way, need } = place
  const items = itemsOf(schema)
  if (items) return fieldsOf(items, { name: `${way}[]`, need })
  const alternatives = alternativesOf(schema).filter((alternative) => fieldsOf(alternative, place).length > 0)
  if (alternatives.length === 1) return alternatives.flatMap((alternative) => fieldsOf(alternative, place))
  if (alternatives.length > 1) {
    return alternatives.flatMap((alternative, index) => [
      { ...either, type: index === 0 ? 'either' : 'or' },
      ...fieldsOf(alternative, place),
    ])
  }
  const { properties = {}, required = [] } = schema
  return Object.entries(properties as Record<string, JsonSchema>).flatMap(([name, property]) => {
    const whole = way === '' ? name : `${way}.${name}`
    const own = fieldOf(property, { name: whole, need: required.includes(name) ? need : '' })
    return [own, ...fieldsOf(property, { name: whole, need })]
  })
}
