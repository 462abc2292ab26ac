/** The document that `/docs/openapi.json` answers, operation by operation. */
import type { OpenApi } from '../../server/src/http/docs/openapi.ts'
import type { Operation } from '../../server/src/http/docs/operation.ts'
import type { ApiTenant } from './api-app.ts'

export interface Documented {
  /** `GET /api/v2/clients/{id}` */
  name: string
  method: string
  path: string
  operation: Operation
}

export const readOpenApi = async ({ open }: Pick<ApiTenant, 'open'>): Promise<OpenApi> =>
  (await open('GET', '/docs/openapi.json')).body

export const operationsOf = ({ paths }: OpenApi): Documented[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const verb = method.toUpperCase()
      return { name: `${verb} ${path}`, method: verb, path, operation }
    }),
  )
