/** The OpenAPI document as a page shows it. */
import type { Reference, ReferenceAnswer, ReferenceOperation } from '../../pages/reference-page.ts'
import type { OpenApi } from './openapi.ts'
import type { Answer, Operation, Parameter } from './operation.ts'
import { anchorOf, fieldOf, fieldsOf, summaryOf } from './reference-fields.ts'

const schemes: Record<string, string> = {
  management: 'a management token',
  client: 'a client, by HTTP Basic or in the body',
  operator: "the operator's token",
}

const asked = { name: '', need: 'required' } as const
const answered = { name: '', need: 'always' } as const

const accessOf = ({ security }: Operation): string => {
  const [first] = security
  if (!first) return 'nothing'
  const [scheme = ''] = Object.keys(first)
  const scopes = security.flatMap((alternative) => alternative[scheme] ?? [])
  return `${schemes[scheme] ?? scheme}${scopes.length > 0 ? ` with ${scopes.join(' or ')}` : ''}`
}

const parameterField = ({ name, required, schema, description = '' }: Parameter) => ({
  ...fieldOf(schema, { name, need: required ? 'required' : '' }),
  description,
})

const toAnswer = ([status, { description, content = {} }]: [string, Answer]): ReferenceAnswer => {
  const [media] = Object.values(content)
  if (!media) return { status, description, type: '', link: '', fields: [] }
  return { status, description, ...summaryOf(media.schema), fields: fieldsOf(media.schema, answered) }
}

const toOperation = (path: string, method: string, operation: Operation): ReferenceOperation => {
  const [media] = Object.values(operation.requestBody?.content ?? {})
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary ?? '',
    description: operation.description ?? '',
    access: accessOf(operation),
    parameters: (operation.parameters ?? []).map(parameterField),
    body: media ? fieldsOf(media.schema, asked) : [],
    example: media ? JSON.stringify(media.example, null, 2) : '',
    answers: Object.entries(operation.responses).map(toAnswer),
  }
}

export const toReference = ({ info, tags, paths, components }: OpenApi): Reference => {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      tags: operation.tags,
      shown: toOperation(path, method, operation),
    })),
  )
  return {
    title: `${info.title} APIs`,
    description: info.description,
    groups: tags.map(({ name }) => ({
      name,
      operations: operations.filter((operation) => operation.tags.includes(name)).map(({ shown }) => shown),
    })),
    records: Object.entries(components.schemas).map(([name, schema]) => ({
      id: anchorOf(name),
      name,
      fields: fieldsOf(schema, answered),
    })),
  }
}
