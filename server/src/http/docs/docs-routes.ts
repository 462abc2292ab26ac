/**
 * `/docs`: the JSON APIs as their routes declare them, as a page and as an OpenAPI document. It holds nothing of any tenant, so
 * it answers everybody on every host. To be registered before the routes it describes.
 */
import type { FastifyInstance, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { renderReference } from '../../pages/reference-page.ts'
import { pageHeaders } from '../plugins/headers.ts'
import { toOpenApi } from './openapi.ts'
import type { Route } from './operation.ts'
import { toReference } from './to-reference.ts'

const routesOf = ({ method, ...route }: RouteOptions): Route[] =>
  [method]
    .flat()
    .filter((name) => name !== 'HEAD')
    .map((name) => ({ ...route, method: name }) as Route)

const pages = (routes: readonly Route[]) => async (app: FastifyInstance) => {
  await app.register(pageHeaders)
  // Made when somebody asks for the first time: every route is known by then.
  let made: { document: string; page: string } | undefined
  const make = () => {
    const document = toOpenApi(routes)
    return { document: JSON.stringify(document), page: renderReference(toReference(document)) }
  }

  app.get('/docs', async (_request, reply) => {
    made ??= make()
    return reply.type('text/html; charset=utf-8').send(made.page)
  })
  app.get('/docs/openapi.json', async (_request, reply) => {
    made ??= make()
    return reply.type('application/json; charset=utf-8').send(made.document)
  })
}

export const docsRoutes = fp(
  async (app: FastifyInstance) => {
    const routes: Route[] = []
    app.addHook('onRoute', (route) => {
      routes.push(...routesOf(route))
    })
    await app.register(pages(routes))
  },
  { name: 'docs' },
)
