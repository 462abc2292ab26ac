/** The OpenAPI document of the JSON APIs, made from their routes. */
import { apis, securitySchemes } from './apis.ts'
import { createSchemaConverter, type JsonSchema } from './json-schema.ts'
import { type Operation, type Route, templateOf, toOperation } from './operation.ts'

export type Methods = Record<string, Operation>

export interface OpenApi {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string }
  tags: { name: string }[]
  paths: Record<string, Methods>
  components: { securitySchemes: typeof securitySchemes; schemas: Readonly<Record<string, JsonSchema>> }
}

const description = `The management API of a tenant, at its own domain, and the operator API, at any. What the vendor's clients send
and expect is what these APIs take and answer; what they do not know they refuse.`

export const toOpenApi = (routes: readonly Route[]): OpenApi => {
  const converter = createSchemaConverter()
  const paths: OpenApi['paths'] = {}
  for (const api of apis) {
    for (const route of routes.filter(({ url }) => url.startsWith(api.prefix))) {
      const path = templateOf(route.url)
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: toOperation(route, api, converter) }
    }
  }
  const tags = Object.values(paths).flatMap((methods) => Object.values(methods).flatMap((operation) => operation.tags))
  return {
    openapi: '3.1.0',
    info: { title: 'Interlock', version: 'v2', description },
    tags: [...new Set(tags)].map((name) => ({ name })),
    paths,
    components: { securitySchemes, schemas: converter.components },
  }
}
