/** zod schemas as the JSON Schemas of an OpenAPI document. */
import { z } from 'zod'

export type JsonSchema = z.core.JSONSchema.BaseSchema

export interface SchemaConverter {
  /** What a request may hold: what comes before any transformation. */
  ofInput(schema: z.ZodType): JsonSchema
  /** What an answer holds. */
  ofAnswer(schema: z.ZodType): JsonSchema
  /** Answers with an id (`.meta({ id: 'User' })`), so far. They stand in the document once. */
  components: Readonly<Record<string, JsonSchema>>
}

type Override = NonNullable<z.core.ToJSONSchemaParams['override']>

/** zod's own pattern of an address or a URL is long, and says no more than the format. */
const dropPatternOfFormat: Override = ({ jsonSchema }) => {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern
}

/** Text on the way, such as a number in a query: told as what it stands for, with what a transformation hides. */
const tellMeaning: Override = (context) => {
  const { zodSchema, jsonSchema } = context
  dropPatternOfFormat(context)
  if (jsonSchema.type === 'integer' || jsonSchema.type === 'boolean') {
    delete jsonSchema.pattern
    delete jsonSchema.enum
  }
  if (zodSchema instanceof z.ZodDefault) jsonSchema.default = zodSchema.def.defaultValue
  const examples = z.globalRegistry.get(zodSchema)?.examples
  if (Array.isArray(examples)) jsonSchema.examples = examples
}

const inComponents = <Part>(part: Part): Part =>
  JSON.parse(JSON.stringify(part).replaceAll('"#/$defs/', '"#/components/schemas/')) as Part

export const createSchemaConverter = (): SchemaConverter => {
  const components: Record<string, JsonSchema> = {}
  const convert = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
    const override = io === 'input' ? tellMeaning : dropPatternOfFormat
    // Inside of an array the schema itself may be a component too.
    const { items, $defs } = z.toJSONSchema(z.array(schema), { io, override, unrepresentable: 'any' })
    Object.assign(components, inComponents($defs ?? {}))
    return inComponents(items) as JsonSchema
  }
  return {
    ofInput: (schema) => convert(schema, 'input'),
    ofAnswer: (schema) => convert(schema, 'output'),
    components,
  }
}
