/**
 * Lets routes declare zod schemas: what they take, in `params`, `querystring` and `body`, and what they answer, in `response`.
 *
 * - what does not fit is refused in the vendor's words; a route that names no parameters takes none
 * - of an answer only what its schema names leaves the server; one that does not fit is a fault of ours, and becomes a 500
 * - `/docs` is made from the same schemas
 */
import type { FastifyInstance, FastifyTypeProvider } from 'fastify'
import fp from 'fastify-plugin'
import { z } from 'zod'
import { badRequest } from '../wire-problem.ts'
import { describeIssue } from './describe-issue.ts'

interface ZodTypes extends FastifyTypeProvider {
  validator: this['schema'] extends z.ZodType ? z.output<this['schema']> : unknown
  serializer: this['schema'] extends z.ZodType ? z.input<this['schema']> : unknown
}

type WithTypes<App> =
  App extends FastifyInstance<infer Server, infer Request, infer Reply, infer Logger>
    ? FastifyInstance<Server, Request, Reply, Logger, ZodTypes>
    : never

/** An app whose handlers see the types of their schemas. */
export type Api = WithTypes<FastifyInstance>

const parts: Record<string, { name: string; errorCode: string }> = {
  body: { name: 'Payload', errorCode: 'invalid_body' },
  querystring: { name: 'Query', errorCode: 'invalid_uri' },
  params: { name: 'Path', errorCode: 'invalid_uri' },
}

const isUnknownProperty = ({ code, path }: z.core.$ZodIssue): boolean =>
  code === 'unrecognized_keys' && path.length === 0

export interface SchemaOptions {
  /** What a request that does not fit is refused with, where it is not the management API's refusal. */
  refuse?: (issue: z.core.$ZodIssue) => Error
  /** Parameters of routes that name none. OAuth has them ignored (RFC 6749, 3.2). */
  unnamedQuery?: 'refused' | 'ignored'
}

const noParameters = z.strictObject({})

const explain = (schema: z.ZodType, issue: z.core.$ZodIssue, httpPart: string): Error => {
  const { name, errorCode } = parts[httpPart] ?? { name: 'Header', errorCode: 'invalid_header' }
  return badRequest(`${name} validation error: ${describeIssue(schema, issue)}`, errorCode)
}

export const zodSchemas = fp(
  async (app: FastifyInstance, { refuse, unnamedQuery = 'refused' }: SchemaOptions) => {
    // In place: `/docs` holds the same object.
    app.addHook('onRoute', ({ schema }) => {
      if (schema && unnamedQuery === 'refused') schema.querystring ??= noParameters
    })
    app.setValidatorCompiler<z.ZodType>(({ schema, httpPart = 'body' }) => (data: unknown) => {
      // `reportInput` is for the type and the length of what was sent: values are never repeated to the caller.
      const result = schema.safeParse(data ?? undefined, { reportInput: true })
      if (result.success) return { value: result.data }
      const { issues } = result.error
      // A property that is not known explains best why one that is known seems to be missing.
      const issue = issues.find(isUnknownProperty) ?? issues[0]
      if (!issue) return { error: badRequest('Invalid.') }
      return { error: refuse?.(issue) ?? explain(schema, issue, httpPart) }
    })
    app.setSerializerCompiler<z.ZodType>(
      ({ schema }) =>
        (answer: unknown) =>
          JSON.stringify(schema.parse(answer)),
    )
  },
  { name: 'zod-schemas' },
)

declare module 'fastify' {
  interface FastifySchema {
    /** What the request is for, in half a line: `/docs` lists it. */
    summary?: string
    /** What else its caller should know. */
    description?: string
    /** Statuses of refusals that do not go without saying: those of the whole API, 400 for input and 404 for an id do. */
    refuses?: readonly number[]
  }
}
