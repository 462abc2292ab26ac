/** What the services behind the packages answer, as little as their clients need. */
import { createHash, createHmac, createPublicKey } from 'node:crypto'
import { json, type Routes, type Visit } from '../differential/target.ts'

const user = { user_id: 'auth0|ada', email: 'ada@acme.example', app_metadata: { seen: true } }

const auth0: Routes = {
  '/api/v2/users/auth0%7Cada': ({ response }) => json(response, user),
  '/api/v2/users/nobody': ({ response }) =>
    json(
      response,
      { statusCode: 404, error: 'Not Found', message: 'The user does not exist.', errorCode: 'inexistent_user' },
      404,
    ),
  '/api/v2/users': ({ response, url }) => {
    const page = Number(url.searchParams.get('page') ?? 0)
    const users = page === 0 ? [user, { ...user, user_id: 'auth0|bob' }] : [{ ...user, user_id: 'auth0|eve' }]
    json(response, { start: page * 2, limit: 2, length: users.length, total: 3, users })
  },
  '/api/v2/roles/slow-down': ({ response, times }) =>
    times < 2
      ? json(response, { statusCode: 429, message: 'slow down' }, 429)
      : json(response, { id: 'slow-down', name: 'role' }),
}

const openid: Routes = {
  '/.well-known/openid-configuration': ({ request, response }) => {
    const origin = `http://${request.headers.host}`
    json(response, {
      issuer: `${origin}/`,
      token_endpoint: `${origin}/oidc/token`,
      authorization_endpoint: `${origin}/authorize`,
      jwks_uri: `${origin}/jwks.json`,
      code_challenge_methods_supported: ['S256'],
    })
  },
  '/oidc/token': ({ response, body }) =>
    body.includes('refuse')
      ? json(response, { error: 'invalid_grant', error_description: 'refused' }, 400)
      : json(response, { access_token: 'at', token_type: 'bearer', expires_in: 60 }),
}

const messaging: Routes = {
  '/slack': ({ response }) => response.end('ok'),
  '/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json': ({ response, body }) =>
    body.includes('refuse')
      ? json(response, { code: 20003, message: 'Authenticate', more_info: 'https://t.example/20003', status: 401 }, 401)
      : json(
          response,
          { sid: 'SM1', status: 'queued', date_created: 'Thu, 30 Jul 2015 20:12:31 +0000', body: 'b' },
          201,
        ),
  '/v3/mail/send': ({ response, body }) =>
    body.includes('refuse@')
      ? json(response, { errors: [{ message: 'no', field: 'to', help: null }] }, 403)
      : response.writeHead(202).end(),
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** AWS Signature Version 4, made anew from the request as it has arrived. */
const isSigned = ({ request, url, body }: Visit, secretKey: string): boolean => {
  const { authorization = '', 'x-amz-date': date = '' } = request.headers
  const pattern = /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/
  const [, scope = '', names = '', signature] = pattern.exec(authorization) ?? []
  const headers = names.split(';').map((name) => `${name}:${request.headers[name]}\n`)
  const canonical = [request.method, url.pathname, '', ...[headers.join(''), names, sha256(body)]].join('\n')
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretKey}`)
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')
  return hmac(key, text).toString('hex') === signature
}

/** The AWS JSON protocol: one path, the operation in a header. */
const sqs: Routes[string] = (visit) => {
  const { request, response, body } = visit
  const text = String(JSON.parse(body || '{}').MessageBody)
  const md5 = createHash('md5').update(text).digest('hex')
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'q-1' }
  const refuse = (name: string) =>
    response.writeHead(400, headers).end(JSON.stringify({ __type: `com.amazonaws.sqs#${name}`, message: name }))
  if (!isSigned(visit, 'secret')) return refuse('InvalidSignature')
  if (request.headers['x-amz-target'] === 'AmazonSQS.SendMessage')
    return response.writeHead(200, headers).end(JSON.stringify({ MessageId: 'm-1', MD5OfMessageBody: md5 }))
  return refuse('QueueDoesNotExist')
}

export const packageRoutes = (publicKey: string): Routes => ({
  ...auth0,
  ...openid,
  ...messaging,
  '/': sqs,
  '/jwks.json': ({ response }) => {
    const jwk = createPublicKey(publicKey).export({ format: 'jwk' })
    json(response, { keys: [{ ...jwk, kid: 'key-1', alg: 'RS256', use: 'sig' }] })
  },
})
