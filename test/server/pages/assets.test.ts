import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { assetRoutes } from '../../../server/src/http/assets.ts'
import { allAssets, assetUrl } from '../../../server/src/pages/assets.ts'

test('an asset may be kept for ever, because its address changes with its content', async () => {
  const app = Fastify()
  await app.register(assetRoutes())
  for (const { url, type, content } of allAssets()) {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe(type)
    expect(answer.headers['cache-control']).toContain('immutable')
    expect(answer.rawPayload.equals(content)).toBe(true)
  }
})

test('an address with another hash leads nowhere', async () => {
  const app = Fastify()
  await app.register(assetRoutes())
  const stale = assetUrl('page.css').replace(/\/assets\/[^/]+/, '/assets/0000000000000000')
  expect((await app.inject(stale)).statusCode).toBe(404)
})

test('no style sheet or script of ours loads anything from elsewhere', () => {
  for (const { url, content } of allAssets()) {
    if (url.endsWith('/simplewebauthn.js')) continue
    const outside = content
      .toString()
      .match(/(?:https?:)?\/\/[\w.-]+\.\w+/g)
      ?.filter((address) => !address.includes('www.w3.org'))
    expect(outside ?? []).toEqual([])
  }
})
