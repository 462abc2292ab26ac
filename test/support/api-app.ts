/** The server's JSON APIs without a socket: the real composition on a SQLite file of its own, with real sandboxes. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { createDependencies, createRuntime, type Runtime } from '@interlock/runtime'
import type { FastifyBaseLogger } from 'fastify'
import { openAdapters } from '../../server/src/adapters.ts'
import { createApp } from '../../server/src/app.ts'
import { composeAccess } from '../../server/src/compose-access.ts'
import { composeManagement } from '../../server/src/compose-management.ts'
import { composeSteps } from '../../server/src/compose-steps.ts'
import { parseConfig } from '../../server/src/config.ts'
import { defaultConnectionName } from '../../server/src/connections/connection.ts'
import { answersOf } from './documented-answers.ts'
import { registeredRoutes } from './registered-routes.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are JSON of any form, and the tests say which
export type Json = any

export interface Answer {
  status: number
  body: Json
  headers: Record<string, unknown>
}

export interface CallOptions {
  body?: unknown
  /** Sent as it is, in place of `body`. */
  text?: string
  contentType?: string
  headers?: Record<string, string>
}

export type Call = (method: string, path: string, options?: CallOptions) => Promise<Answer>

export interface ApiTenant {
  name: string
  host: string
  client: { client_id: string; client_secret: string }
  token: string
  /** `/api/v2` with the token that holds every scope. */
  call: Call
  /** The same with another token, or with none. */
  callAs(token: string | undefined): Call
  /** A token that holds these scopes only. */
  tokenFor(...scopes: string[]): Promise<string>
  /** Answers the new user's id. */
  addUser(email: string): Promise<string>
  /** Without `/api/v2` and without a token. */
  open: Call
}

export const operatorToken = 'operator-token-of-the-tests-0123456789'

const silent = (): FastifyBaseLogger => {
  const none = () => undefined
  const logger = {
    level: 'silent',
    trace: none,
    debug: none,
    info: none,
    warn: none,
    error: none,
    fatal: none,
    silent: none,
  }
  return { ...logger, child: silent } as unknown as FastifyBaseLogger
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

const startOn = async (dataDir: string, runtime: Runtime, settings: Record<string, string>) => {
  const config = parseConfig({ DATA_DIR: dataDir, OPERATOR_TOKEN: operatorToken, LOG_LEVEL: 'silent', ...settings })
  const logger = silent()
  let offset = 0
  const clock = { now: () => Date.now() + offset }
  const encryptionKeys = `test:${Buffer.alloc(32, 7).toString('base64')}`
  const adapters = await openAdapters({ config, encryptionKeys, logger, clock })
  const management = composeManagement(adapters, runtime)
  const app = await createApp({
    config,
    adapters,
    access: composeAccess(adapters),
    management,
    steps: composeSteps(adapters, runtime),
    runtime,
    operatorToken,
    logger,
  })
  await management.builder.resume()
  const undocumented = answersOf(app)
  const advance = (milliseconds: number) => {
    offset += milliseconds
  }
  return { app, undocumented, adapters, builder: management.builder, advance }
}

type Started = Awaited<ReturnType<typeof startOn>>

const callOn =
  ({ app, undocumented }: Started, base: { host: string; prefix: string; token?: string | undefined }): Call =>
  async (method, path, { body, text, contentType = 'application/json', headers = {} } = {}) => {
    const payload = text ?? (body === undefined ? undefined : JSON.stringify(body))
    // As a socket would: who asks again and again must leave the loop to what they wait for.
    await turn()
    const answer = await app.inject({
      method: method as Method,
      url: base.prefix + path,
      headers: {
        host: base.host,
        ...(base.token !== undefined && { authorization: `Bearer ${base.token}` }),
        ...(payload !== undefined && { 'content-type': contentType }),
        ...headers,
      },
      ...(payload !== undefined && { payload }),
    })
    const surprise = await undocumented({ method, url: base.prefix + path }, answer)
    if (surprise !== undefined) throw new Error(surprise)
    const isJson = String(answer.headers['content-type']).startsWith('application/json')
    return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers }
  }

export const requestToken = async (open: Call, form: Record<string, string>): Promise<Answer> =>
  open('POST', '/oauth/token', {
    text: new URLSearchParams(form).toString(),
    contentType: 'application/x-www-form-urlencoded',
  })

let tenants = 0

const openTenant = async (started: Started): Promise<ApiTenant> => {
  const name = `tenant-${++tenants}`
  const host = `${name}.localhost:3000`
  const operator = callOn(started, { host: 'operator.example', prefix: '/operator/v1', token: operatorToken })
  const created = await operator('POST', '/tenants', { body: { name, domain: host, scheme: 'http' } })
  const client = created.body.management_client
  const open = callOn(started, { host, prefix: '' })
  const grant = { grant_type: 'client_credentials', ...client, audience: `http://${host}/api/v2/` }
  const tokenFor = async (...scopes: string[]) =>
    (await requestToken(open, { ...grant, ...(scopes.length > 0 && { scope: scopes.join(' ') }) })).body.access_token
  const token = await tokenFor()
  const callAs = (other: string | undefined) => callOn(started, { host, prefix: '/api/v2', token: other })
  const call = callAs(token)
  const addUser = async (email: string): Promise<string> =>
    (await call('POST', '/users', { body: { connection: defaultConnectionName, email } })).body.user_id
  return { name, host, client, token, call, callAs, tokenFor, addUser, open }
}

export interface ApiApp {
  operator: Call
  operatorAs(token: string | undefined): Call
  createTenant(): Promise<ApiTenant>
  adapters: Started['adapters']
  builder: Started['builder']
  runtime: Runtime
  dataDir: string
  /** `GET /api/v2/clients/{id}` */
  routes(): string[]
  /** Moves the server's clock forward. */
  advance(milliseconds: number): void
  close(): Promise<void>
}

export const openApiApp = async (settings: Record<string, string> = {}): Promise<ApiApp> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'interlock-api-'))
  const registryUrl = settings.NPM_REGISTRY_URL ?? 'http://127.0.0.1:9/'
  const dependencies = createDependencies({ registryUrl, folder: join(dataDir, 'packages'), cacheBytes: 67_108_864 })
  const runtime = await createRuntime({ processes: 1, dependencies })
  const started = await startOn(dataDir, runtime, settings)
  const operatorAs = (token: string | undefined) =>
    callOn(started, { host: 'operator.example', prefix: '/operator/v1', token })
  return {
    operator: operatorAs(operatorToken),
    operatorAs,
    createTenant: () => openTenant(started),
    adapters: started.adapters,
    builder: started.builder,
    runtime,
    dataDir,
    routes: () => registeredRoutes(started.app),
    advance: started.advance,
    async close() {
      await started.app.close()
      await runtime.close()
      await started.adapters.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
