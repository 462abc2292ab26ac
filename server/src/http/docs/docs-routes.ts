/**
 * `/docs`: the JSON APIs as their routes declare them, as a page and as an OpenAPI document. It holds nothing of any tenant, so
 * it answers everybody on every host. To be registered before the routes it describes.
 */
import type { FastifyInstance, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { toOpenApi } from './openapi.ts'
import type { Route } from './operation.ts'

const routesOf = ({ method, ...route }: RouteOptions): Route[] =>
  [method]
    .flat()
    .filter((name) => name !== 'HEAD')
    .map((name) => ({ ...route, method: name }) as Route)

const pages = (routes: readonly Route[]) => async (app: FastifyInstance) => {
  let text: string | undefined
  app.get('/docs/openapi.json', async (_request, reply) => {
    text ??= JSON.stringify(toOpenApi(routes))
    return reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(text)
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
