/** Every route of an app as its router knows it, such as `GET /clients/{id}`. */
import type { FastifyInstance } from 'fastify'

const line = /^((?:│ {3}| {4})*)(?:├── |└── )(\S*)(?: \((.+)\))?$/

export const registeredRoutes = (app: FastifyInstance): string[] => {
  const above: string[] = []
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((text) => {
      const [, indent = '', part = '', methods = ''] = line.exec(text) ?? []
      const depth = indent.length / 4
      above.splice(depth, above.length, part)
      const url = above.join('').replace(/:(\w+)/g, '{$1}')
      return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${url}`)
    })
}
