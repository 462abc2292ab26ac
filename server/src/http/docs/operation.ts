/** One route as an operation of the OpenAPI document. */
import { STATUS_CODES } from 'node:http'
import type { FastifySchema, RouteOptions } from 'fastify'
import { z } from 'zod'
import type { ApiSurface } from './apis.ts'
import { refusalTexts } from './apis.ts'
import { exampleOf } from './example.ts'
import type { JsonSchema, SchemaConverter } from './json-schema.ts'

export type RouteSchema = FastifySchema & { response?: Record<number, z.ZodType | { content: MediaTypes<z.ZodType> }> }
export type Route = Pick<RouteOptions, 'url' | 'config'> & { method: string; schema?: RouteSchema }

type MediaTypes<Schema> = Record<string, { schema: Schema; example?: unknown }>

export interface Parameter {
  name: string
  in: 'path' | 'query'
  required: boolean
  description?: string
  schema: JsonSchema
}

export interface Answer {
  description: string
  content?: MediaTypes<JsonSchema>
}

export interface Operation {
  operationId: string
  tags: string[]
  summary?: string
  description?: string
  security: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { required: boolean; content: MediaTypes<JsonSchema> }
  responses: Record<string, Answer>
}

export const templateOf = (url: string): string => url.replace(/:(\w+)/g, '{$1}')

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** `GET /clients/:id` as `getClientsById`. */
const idOf = (method: string, path: string): string => {
  const words = path.split(/[/-]/).map((part) => (part.startsWith(':') ? `By${capital(part.slice(1))}` : capital(part)))
  return method.toLowerCase() + words.join('').replace(/\W/g, '')
}

const isZod = (schema: unknown): schema is z.ZodType => schema instanceof z.ZodType

const parametersOf = (place: Parameter['in'], schema: unknown, converter: SchemaConverter): Parameter[] => {
  if (!isZod(schema)) return []
  const { properties = {}, required = [] } = converter.ofInput(schema)
  return Object.entries(properties as Record<string, JsonSchema>).map(([name, { description, ...property }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema: property,
  }))
}

const bodyOf = (schema: unknown, api: ApiSurface, converter: SchemaConverter): Partial<Operation> => {
  if (!isZod(schema)) return {}
  const body = converter.ofInput(schema)
  const media = { schema: body, example: exampleOf(body) }
  const content = Object.fromEntries(api.accepts.map((type) => [type, media]))
  return { requestBody: { required: !schema.safeParse(undefined).success, content } }
}

const answerOf = (status: string, schema: z.ZodType | { content: MediaTypes<z.ZodType> }, toJson: SchemaConverter) => {
  const description = STATUS_CODES[status] ?? status
  if (schema instanceof z.ZodUndefined) return { description }
  const media = isZod(schema) ? { 'application/json': { schema } } : schema.content
  const content = Object.entries(media).map(([type, { schema: own }]) => [type, { schema: toJson.ofAnswer(own) }])
  return { description, content: Object.fromEntries(content) as MediaTypes<JsonSchema> }
}

const refusalsOf = ({ url, schema }: Route, api: ApiSurface): number[] => {
  const takesInput = [schema?.params, schema?.querystring, schema?.body].some(isZod)
  const own = [...(takesInput ? [400] : []), ...(url.includes('/:') ? [404] : []), ...(schema?.refuses ?? [])]
  return [...new Set([...api.refuses, ...own])]
}

const responsesOf = (route: Route, api: ApiSurface, converter: SchemaConverter): Operation['responses'] => {
  const answers = Object.entries(route.schema?.response ?? {}).map(([status, schema]) => [
    status,
    answerOf(status, schema, converter),
  ])
  const content = { 'application/json': { schema: converter.ofAnswer(api.refusal) } }
  const refusals = refusalsOf(route, api).map((status) => [
    String(status),
    { description: refusalTexts[status] ?? STATUS_CODES[status] ?? '', content },
  ])
  return Object.fromEntries([...refusals, ...answers]) as Operation['responses']
}

export const toOperation = (route: Route, api: ApiSurface, converter: SchemaConverter): Operation => {
  const { url, method, config, schema = {} } = route
  const path = url.slice(api.prefix.length)
  const parameters = [
    ...parametersOf('path', schema.params, converter),
    ...parametersOf('query', schema.querystring, converter),
  ]
  return {
    operationId: idOf(method, path),
    tags: [api.tagOf(path)],
    ...(schema.summary !== undefined && { summary: schema.summary }),
    ...(schema.description !== undefined && { description: schema.description }),
    security: api.securityOf(config?.scopes ?? []),
    ...(parameters.length > 0 && { parameters }),
    ...bodyOf(schema.body, api, converter),
    responses: responsesOf(route, api, converter),
  }
}
