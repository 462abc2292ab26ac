/** A zod issue in the vendor's words: `'<why>' on property <path> (<description>).` */
import { z } from 'zod'

type Issue = z.core.$ZodIssue
type Path = Issue['path']

const typeName = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value
}

const lengthOf = (value: unknown): number => (typeof value === 'string' || Array.isArray(value) ? value.length : 0)

const sizeText = (
  issue: { origin: string; input?: unknown },
  bound: { word: 'short' | 'long'; value: string },
): string => {
  const { word, value } = bound
  const [edge, sign] = word === 'short' ? ['minimum', 'less'] : ['maximum', 'greater']
  if (issue.origin === 'string') return `String is too ${word} (${lengthOf(issue.input)} chars), ${edge} ${value}`
  if (issue.origin === 'array') return `Array is too ${word} (${lengthOf(issue.input)}), ${edge} ${value}`
  return `Value is ${sign} than ${edge} ${value}`
}

const isMissing = (issue: Issue): boolean =>
  issue.path.length > 0 &&
  issue.input === undefined &&
  (issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union')

const why = (issue: Issue): string => {
  if (isMissing(issue)) return `Missing required property: ${String(issue.path.at(-1))}`
  switch (issue.code) {
    case 'unrecognized_keys':
      return `Additional properties not allowed: ${issue.keys.join(', ')}`
    case 'invalid_union':
      return "Data does not match any schemas from 'oneOf'"
    case 'invalid_type':
      return `Expected type ${issue.expected} but found type ${typeName(issue.input)}`
    case 'invalid_value':
      return `No enum match: expected ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return sizeText(issue, { word: 'short', value: String(issue.minimum) })
    case 'too_big':
      return sizeText(issue, { word: 'long', value: String(issue.maximum) })
    case 'invalid_format':
      return issue.pattern === undefined
        ? `Object didn't pass validation for format ${issue.format}`
        : `String does not match pattern: ${issue.pattern}`
    default:
      return issue.message
  }
}

/** `bindings[0].ref.value` */
const pathText = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')

const unwrap = (schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? unwrap(schema.unwrap())
    : schema

const childOf = (schema: z.core.$ZodType | undefined, part: PropertyKey): z.core.$ZodType | undefined => {
  const inner = unwrap(schema)
  if (inner instanceof z.ZodObject) return inner.shape[String(part)]
  return inner instanceof z.ZodArray ? inner.element : undefined
}

const descriptionAt = (schema: z.core.$ZodType, path: Path): string | undefined => {
  const found = path.reduce<z.core.$ZodType | undefined>(childOf, schema)
  return found instanceof z.ZodType ? found.description : undefined
}

export const describeIssue = (schema: z.ZodType, issue: Issue): string => {
  const path = isMissing(issue) ? issue.path.slice(0, -1) : issue.path
  const place = path.length === 0 ? '' : ` on property ${pathText(path)}`
  const description = descriptionAt(schema, issue.path)
  return `'${why(issue)}'${place}${description === undefined ? '' : ` (${description})`}.`
}
