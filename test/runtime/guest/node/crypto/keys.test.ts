/** Ciphers, keys and signatures: the same calls in this Node and in an isolate. */
import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { differencesFromNode } from '../../same-as-node.ts'

const pem = (type: 'rsa' | 'ec' | 'ed25519' | 'x25519') =>
  generateKeyPairSync(
    type as 'rsa',
    {
      modulusLength: 2_048,
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    } as never,
  ) as unknown as { publicKey: string; privateKey: string }

const setup = `
  const crypto = require('crypto')
  const { promisify } = require('util')
  const rsa = ${JSON.stringify(pem('rsa'))}
  const ec = ${JSON.stringify(pem('ec'))}
  const ed = ${JSON.stringify(pem('ed25519'))}
  const x = ${JSON.stringify(pem('x25519'))}
  const bytes = Buffer.from(Array.from({ length: 100 }, (_, index) => (index * 7) & 255))
  const called = (run) => new Promise((done) => run((...results) => done(results)))
  const key = Buffer.alloc(32, 7)
  const iv = Buffer.alloc(16, 9)`

const same = async (expressions: readonly string[]) => expect(await differencesFromNode(expressions, setup)).toEqual([])

test('ciphers, piece by piece', () =>
  same([
    ...['aes-256-cbc', 'aes-256-ctr', 'aes-256-ecb'].map(
      (name) =>
        `(() => { const c = crypto.createCipheriv('${name}', key, ${name.endsWith('ecb') ? 'null' : 'iv'}); return [c.update('one'), c.update(bytes), c.update(bytes, undefined, 'hex'), c.final('hex')] })()`,
    ),
    ...['aes-256-gcm', 'chacha20-poly1305'].map(
      (name) =>
        `(() => { const c = crypto.createCipheriv('${name}', key, iv.subarray(0, 12), { authTagLength: 16 }); c.setAAD(Buffer.from('more')); const parts = [c.update(bytes), c.update('é', 'utf8', 'base64'), c.final('base64')]; return [...parts, c.getAuthTag()] })()`,
    ),
    `(() => { const c = crypto.createCipheriv('aes-256-gcm', key, iv.subarray(0, 12)); const sealed = Buffer.concat([c.update(bytes), c.final()]); const d = crypto.createDecipheriv('aes-256-gcm', key, iv.subarray(0, 12)); d.setAuthTag(c.getAuthTag()); return Buffer.concat([d.update(sealed), d.final()]).equals(bytes) })()`,
    `(() => { const d = crypto.createDecipheriv('aes-256-gcm', key, iv.subarray(0, 12)); d.setAuthTag(Buffer.alloc(16)); d.update(bytes); d.final() })()`,
    `(() => { const d = crypto.createDecipheriv('aes-256-cbc', key, iv); d.update(bytes); d.final() })()`,
    `(() => { const c = crypto.createCipheriv('aes-256-cbc', key, iv); const sealed = c.update('é€😀', 'utf8', 'base64') + c.final('base64'); const d = crypto.createDecipheriv('aes-256-cbc', key, iv); return d.update(sealed, 'base64', 'utf8') + d.final('utf8') })()`,
    `(() => { const c = crypto.createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false); c.update('x'); c.final() })()`,
    `crypto.createCipheriv('nope', key, iv)`,
    `crypto.createCipheriv('aes-256-cbc', key.subarray(1), iv)`,
    `crypto.createCipheriv('aes-256-cbc', key, iv.subarray(1))`,
    `crypto.createCipheriv('aes-256-cbc', key)`,
    `crypto.createCipheriv('aes-256-cbc', key, iv).update(5)`,
    `crypto.createCipheriv('aes-256-cbc', key, iv).getAuthTag()`,
    `new Promise((done) => crypto.createCipheriv('aes-256-ctr', key, iv).on('data', done).end('text'))`,
    `crypto.getCipherInfo('aes-256-gcm')`,
    `[crypto.getCiphers().length, crypto.getHashes().length, crypto.getCurves().length]`,
  ]))

test('keys are read and written', () =>
  same([
    ...['rsa', 'ec', 'ed', 'x'].flatMap((name) => [
      `(({ type, asymmetricKeyType, asymmetricKeyDetails }) => [type, asymmetricKeyType, asymmetricKeyDetails])(crypto.createPublicKey(${name}.publicKey))`,
      `crypto.createPrivateKey(${name}.privateKey).export({ format: 'pem', type: 'pkcs8' })`,
      `crypto.createPrivateKey(${name}.privateKey).export({ format: 'jwk' })`,
      `crypto.createPublicKey(${name}.privateKey).export({ format: 'der', type: 'spki' })`,
      `crypto.createPublicKey({ key: crypto.createPublicKey(${name}.publicKey).export({ format: 'jwk' }), format: 'jwk' }).equals(crypto.createPublicKey(${name}.publicKey))`,
      `crypto.createPrivateKey({ key: crypto.createPrivateKey(${name}.privateKey).export({ format: 'der', type: 'pkcs8' }), format: 'der', type: 'pkcs8' }).type`,
      `crypto.createPrivateKey({ key: crypto.createPrivateKey(${name}.privateKey).export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret' }), passphrase: 'secret' }).export({ format: 'jwk' })`,
    ]),
    `crypto.createPrivateKey(rsa.privateKey).export({ format: 'pem', type: 'pkcs1' })`,
    `crypto.createPrivateKey(ec.privateKey).export({ format: 'pem', type: 'sec1' })`,
    `(({ type, symmetricKeySize }) => [type, symmetricKeySize])(crypto.createSecretKey(bytes))`,
    `crypto.createSecretKey('text', 'utf8').export({ format: 'jwk' })`,
    `crypto.createSecretKey(bytes).equals(crypto.createSecretKey(bytes))`,
    `crypto.createSecretKey(bytes) instanceof crypto.KeyObject`,
    `Object.prototype.toString.call(crypto.createSecretKey(bytes))`,
    `crypto.createPrivateKey('nonsense')`,
    `crypto.createPrivateKey(5)`,
    `crypto.createPrivateKey(rsa.publicKey)`,
    `crypto.createPublicKey(crypto.createPublicKey(rsa.publicKey))`,
    `crypto.createPublicKey({ key: {}, format: 'jwk' })`,
    `crypto.createSecretKey(5)`,
    `crypto.createPrivateKey(crypto.createPrivateKey(rsa.privateKey).export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret' }))`,
    `crypto.createPrivateKey({ key: crypto.createPrivateKey(rsa.privateKey).export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret' }), passphrase: 'wrong' })`,
    `crypto.createPrivateKey(rsa.privateKey).export({ format: 'nope' })`,
    `new crypto.KeyObject('secret', {})`,
    `(({ publicKey, privateKey }) => [publicKey.type, privateKey.asymmetricKeyType])(crypto.generateKeyPairSync('rsa', { modulusLength: 1024 }))`,
    `promisify(crypto.generateKeyPair)('ed25519').then(({ publicKey, privateKey }) => [publicKey.type, privateKey.type])`,
    `called((done) => crypto.generateKeyPair('ec', { namedCurve: 'P-256' }, done)).then(([error, publicKey, privateKey]) => [error ?? null, publicKey.asymmetricKeyDetails, privateKey.type])`,
    `crypto.generateKeySync('aes', { length: 256 }).symmetricKeySize`,
    `crypto.generateKeyPairSync('nope')`,
    `crypto.generateKeyPairSync('rsa', {})`,
  ]))

test('signatures', () =>
  same([
    `crypto.sign('sha256', bytes, rsa.privateKey).toString('hex')`,
    `crypto.createSign('RSA-SHA256').update('some').update(' text').sign(rsa.privateKey, 'base64')`,
    `crypto.sign(null, bytes, ed.privateKey).toString('hex')`,
    `crypto.verify('sha256', bytes, ec.publicKey, crypto.sign('sha256', bytes, ec.privateKey))`,
    `crypto.verify('sha256', bytes, { key: ec.publicKey, dsaEncoding: 'ieee-p1363' }, crypto.sign('sha256', bytes, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }))`,
    `crypto.verify('sha256', bytes, { key: rsa.publicKey, padding: crypto.constants.RSA_PKCS1_PSS_PADDING }, crypto.sign('sha256', bytes, { key: rsa.privateKey, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 20 }))`,
    `crypto.createVerify('sha256').update(bytes).verify(rsa.publicKey, crypto.sign('sha256', bytes, rsa.privateKey))`,
    `crypto.verify('sha256', bytes, rsa.publicKey, Buffer.alloc(256))`,
    `promisify(crypto.verify)('sha256', bytes, rsa.publicKey, crypto.sign('sha256', bytes, rsa.privateKey))`,
    `promisify(crypto.sign)('sha256', bytes, rsa.privateKey).then((signature) => signature.length)`,
    `crypto.sign('nope', bytes, rsa.privateKey)`,
    `crypto.sign('sha256', bytes, 'nonsense')`,
    `crypto.verify('sha256', bytes, 'nonsense', bytes)`,
    `crypto.verify('sha256', bytes, 'nonsense', bytes, () => {})`,
    `crypto.sign('sha256', 'text', rsa.privateKey)`,
    `crypto.createSign('nope')`,
    `crypto.createSign('sha256').update('a').sign()`,
    `crypto.privateDecrypt(rsa.privateKey, crypto.publicEncrypt(rsa.publicKey, bytes)).equals(bytes)`,
    `crypto.publicDecrypt(rsa.publicKey, crypto.privateEncrypt(rsa.privateKey, bytes)).equals(bytes)`,
    `crypto.privateDecrypt({ key: rsa.privateKey, oaepHash: 'sha256' }, crypto.publicEncrypt({ key: rsa.publicKey, oaepHash: 'sha256' }, bytes)).equals(bytes)`,
    `crypto.privateDecrypt(rsa.privateKey, bytes)`,
  ]))

test('secrets that two agree on', () =>
  same([
    `(() => { const [a, b] = [crypto.createECDH('prime256v1'), crypto.createECDH('prime256v1')]; a.generateKeys(); b.generateKeys(); return a.computeSecret(b.getPublicKey()).equals(b.computeSecret(a.getPublicKey())) })()`,
    `(() => { const a = crypto.createECDH('secp256k1'); a.setPrivateKey(Buffer.alloc(32, 1)); return [a.getPublicKey('hex', 'compressed'), a.getPrivateKey('hex')] })()`,
    `crypto.createECDH('nope')`,
    `crypto.createECDH('prime256v1').getPublicKey()`,
    `(() => { const [a, b] = [crypto.getDiffieHellman('modp14'), crypto.getDiffieHellman('modp14')]; a.generateKeys(); return a.computeSecret(b.generateKeys()).equals(b.computeSecret(a.getPublicKey())) })()`,
    `crypto.diffieHellman({ privateKey: crypto.createPrivateKey(x.privateKey), publicKey: crypto.createPublicKey(x.publicKey) }).toString('hex')`,
    `crypto.getDiffieHellman('nope')`,
  ]))

test('the tables of constants are Node’s', () => same([`Object.entries(crypto.constants)`]))
