// jose
const jose = require('jose')

const operations = {
  async 'signs and verifies HS256'({ SIGNING_SECRET }) {
    const key = new TextEncoder().encode(SIGNING_SECRET)
    const token = await new jose.SignJWT({ role: 'x' })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt(1_700_000_000)
      .setExpirationTime(4_000_000_000)
      .setSubject('ada')
      .sign(key)
    const { payload, protectedHeader } = await jose.jwtVerify(token, key, { subject: 'ada' })
    return [payload, protectedHeader]
  },
  async 'signs and verifies RS256 with keys in PEM'({ PRIVATE_KEY, PUBLIC_KEY }) {
    const token = await new jose.CompactSign(Buffer.from('payload'))
      .setProtectedHeader({ alg: 'RS256', kid: '1' })
      .sign(await jose.importPKCS8(PRIVATE_KEY, 'RS256'))
    const { payload } = await jose.compactVerify(token, await jose.importSPKI(PUBLIC_KEY, 'RS256'))
    return [token, new TextDecoder().decode(payload)]
  },
  async 'verifies by a remote set of keys'({ ORIGIN, PRIVATE_KEY }) {
    const keys = jose.createRemoteJWKSet(new URL(`${ORIGIN}/jwks.json`))
    const key = await jose.importPKCS8(PRIVATE_KEY, 'RS256')
    const token = await new jose.SignJWT({ sub: 'ada' }).setProtectedHeader({ alg: 'RS256', kid: 'key-1' }).sign(key)
    const other = await new jose.SignJWT({ sub: 'ada' }).setProtectedHeader({ alg: 'RS256', kid: 'none' }).sign(key)
    return [
      (await jose.jwtVerify(token, keys)).payload,
      await jose.jwtVerify(other, keys).catch(({ name, code, message }) => [name, code, message]),
    ]
  },
  async 'throws its own classes of errors'({ SIGNING_SECRET }) {
    const key = new TextEncoder().encode(SIGNING_SECRET)
    const token = await new jose.SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(5).sign(key)
    const errors = await Promise.all(
      [jose.jwtVerify(token, key), jose.jwtVerify(`${token}x`, key), jose.jwtVerify('a.b.c', key)].map((work) =>
        work.catch((error) => error),
      ),
    )
    return errors.map((error) => [error.name, error.code, error.message, error instanceof jose.errors.JOSEError])
  },
  async 'encrypts and decrypts'({ SIGNING_SECRET }) {
    const key = new TextEncoder().encode(SIGNING_SECRET.slice(0, 32).padEnd(32))
    const sealed = await new jose.EncryptJWT({ secret: 'ü' })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(key)
    return [(await jose.jwtDecrypt(sealed, key)).payload, sealed.split('.').length, jose.decodeProtectedHeader(sealed)]
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
