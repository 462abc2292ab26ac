/** WebCrypto: the same calls in this Node and in an isolate. */
import { expect, test } from 'vitest'
import { differencesFromNode } from '../../same-as-node.ts'

const setup = `
  const { subtle } = crypto
  const bytes = Uint8Array.from({ length: 50 }, (_, index) => index * 5)
  const hex = (buffer) => Buffer.from(buffer).toString('hex')
  const raw = (name, usages, more) => subtle.importKey('raw', bytes.subarray(0, 32), { name, ...more }, true, usages)
  const told = ({ type, extractable, algorithm, usages }) => [type, extractable, algorithm, usages]
  const both = ({ publicKey, privateKey }) => [told(publicKey), told(privateKey)]
  const sorted = (jwk) => Object.entries(jwk).sort()`

const same = async (expressions: readonly string[]) => expect(await differencesFromNode(expressions, setup)).toEqual([])

test('digests, MACs and ciphers', () =>
  same([
    ...['SHA-1', 'sha-256', 'SHA-384', 'SHA-512'].map((name) => `subtle.digest('${name}', bytes).then(hex)`),
    `subtle.digest({ name: 'SHA-256' }, Buffer.from('text').subarray(1)).then(hex)`,
    `raw('HMAC', ['sign', 'verify'], { hash: 'SHA-256' }).then((key) => subtle.sign('HMAC', key, bytes)).then(hex)`,
    `raw('HMAC', ['sign', 'verify'], { hash: 'SHA-256' }).then(async (key) => [await subtle.verify('HMAC', key, await subtle.sign('HMAC', key, bytes), bytes), await subtle.verify('HMAC', key, bytes, bytes)])`,
    `raw('AES-CBC', ['encrypt', 'decrypt']).then(async (key) => { const terms = { name: 'AES-CBC', iv: bytes.subarray(0, 16) }; const sealed = await subtle.encrypt(terms, key, bytes); return [hex(sealed), hex(await subtle.decrypt(terms, key, sealed))] })`,
    ...[1, 4, 64, 128].map(
      (length) =>
        `raw('AES-CTR', ['encrypt']).then((key) => subtle.encrypt({ name: 'AES-CTR', counter: new Uint8Array(16).fill(255), length: ${length} }, key, bytes.subarray(0, 32))).then(hex)`,
    ),
    `raw('AES-GCM', ['encrypt', 'decrypt']).then(async (key) => { const terms = { name: 'AES-GCM', iv: bytes.subarray(0, 12), additionalData: bytes }; const sealed = await subtle.encrypt(terms, key, bytes); return [hex(sealed), hex(await subtle.decrypt(terms, key, sealed))] })`,
    `raw('AES-GCM', ['encrypt']).then((key) => subtle.encrypt({ name: 'AES-GCM', iv: bytes, tagLength: 96 }, key, bytes)).then(hex)`,
    `raw('AES-GCM', ['decrypt']).then((key) => subtle.decrypt({ name: 'AES-GCM', iv: bytes }, key, bytes))`,
    `raw('AES-KW', ['wrapKey', 'unwrapKey']).then(async (kek) => hex(await subtle.wrapKey('raw', await raw('AES-GCM', ['encrypt']), kek, 'AES-KW')))`,
    `raw('AES-KW', ['wrapKey', 'unwrapKey']).then(async (kek) => told(await subtle.unwrapKey('raw', await subtle.wrapKey('raw', await raw('AES-GCM', ['encrypt']), kek, 'AES-KW'), kek, 'AES-KW', 'AES-CBC', true, ['decrypt'])))`,
  ]))

test('keys', () =>
  same([
    `raw('AES-GCM', ['encrypt', 'encrypt', 'decrypt']).then(told)`,
    `raw('HMAC', ['sign'], { hash: 'SHA-512' }).then((key) => subtle.exportKey('jwk', key)).then(sorted)`,
    `raw('AES-GCM', ['encrypt']).then((key) => subtle.exportKey('raw', key)).then(hex)`,
    `subtle.importKey('jwk', { kty: 'oct', k: 'AAAA', alg: 'HS256', ext: true }, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']).then(told)`,
    `subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']).then(both)`,
    `subtle.generateKey({ name: 'RSA-PSS', hash: 'SHA-256', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) }, false, ['sign', 'verify']).then(both)`,
    `subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']).then(told)`,
    `subtle.generateKey({ name: 'HMAC', hash: 'SHA-1' }, true, ['sign']).then(told)`,
    `subtle.generateKey('Ed25519', true, ['sign', 'verify']).then(async ({ publicKey }) => [told(publicKey), (await subtle.exportKey('raw', publicKey)).byteLength])`,
    ...['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'ECDSA', 'Ed25519'].map(
      (name) =>
        `subtle.generateKey({ name: '${name}', namedCurve: 'P-256', hash: 'SHA-256', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) }, true, ['sign', 'verify']).then(async ({ publicKey, privateKey }) => { const terms = { name: '${name}', hash: 'SHA-256', saltLength: 20 }; const signature = await subtle.sign(terms, privateKey, bytes); const again = await subtle.importKey('spki', await subtle.exportKey('spki', publicKey), publicKey.algorithm, true, ['verify']); return [signature.byteLength, await subtle.verify(terms, again, signature, bytes)] })`,
    ),
    ...['X25519', 'ECDH'].map(
      (name) =>
        `subtle.generateKey({ name: '${name}', namedCurve: 'P-384' }, true, ['deriveBits', 'deriveKey']).then(async ({ publicKey, privateKey }) => [(await subtle.deriveBits({ name: '${name}', public: publicKey }, privateKey, null)).byteLength, told(await subtle.deriveKey({ name: '${name}', public: publicKey }, privateKey, { name: 'AES-GCM', length: 128 }, true, ['encrypt']))])`,
    ),
    `subtle.generateKey({ name: 'RSA-OAEP', hash: 'SHA-256', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) }, true, ['encrypt', 'decrypt']).then(async ({ publicKey, privateKey }) => hex(await subtle.decrypt('RSA-OAEP', privateKey, await subtle.encrypt('RSA-OAEP', publicKey, bytes.subarray(0, 20)))))`,
    ...['HKDF', 'PBKDF2'].map(
      (name) =>
        `subtle.importKey('raw', bytes, '${name}', false, ['deriveBits', 'deriveKey']).then(async (key) => { const terms = { name: '${name}', hash: 'SHA-256', salt: bytes, info: bytes, iterations: 10 }; return [hex(await subtle.deriveBits(terms, key, 256)), told(await subtle.deriveKey(terms, key, { name: 'HMAC', hash: 'SHA-512' }, true, ['sign']))] })`,
    ),
    `require('crypto').KeyObject.from(await raw('AES-GCM', ['encrypt'])).export().toString('hex')`,
  ]))

test('what is refused', () =>
  same([
    `subtle.digest()`,
    `subtle.digest('nope', bytes)`,
    `subtle.digest('SHA-1', 'text')`,
    `subtle.digest({}, bytes)`,
    `subtle.importKey('raw', new Uint8Array(0), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign'])`,
    `subtle.importKey('raw', bytes, 'AES-GCM', true, ['encrypt'])`,
    `raw('AES-GCM', ['sign'])`,
    `raw('AES-GCM', [])`,
    `raw('AES-GCM', ['nope'])`,
    `subtle.importKey('nope', bytes, 'AES-GCM', true, ['encrypt'])`,
    `subtle.importKey('spki', bytes, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify'])`,
    `subtle.importKey('jwk', { kty: 'oct', k: 'AAAA', alg: 'HS512' }, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign'])`,
    `subtle.importKey('jwk', { kty: 'oct', k: 'AAAA', key_ops: ['verify'] }, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign'])`,
    `subtle.importKey('jwk', { kty: 'oct', k: 'AAAA', ext: false }, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign'])`,
    `subtle.importKey('jwk', { kty: 'RSA' }, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign'])`,
    `raw('HMAC', ['sign'])`,
    `raw('HMAC', ['sign'], { hash: 'SHA-256' }).then((key) => subtle.verify('HMAC', key, bytes, bytes))`,
    `raw('HMAC', ['sign'], { hash: 'SHA-256' }).then((key) => subtle.sign({ name: 'RSA-PSS', saltLength: 3 }, key, bytes))`,
    `subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']).then((key) => subtle.exportKey('raw', key))`,
    `raw('AES-GCM', ['encrypt']).then((key) => subtle.encrypt('AES-GCM', key, bytes))`,
    `raw('AES-CBC', ['encrypt']).then((key) => subtle.encrypt({ name: 'AES-CBC', iv: bytes }, key, bytes))`,
    `subtle.generateKey({ name: 'AES-GCM', length: 100 }, true, ['encrypt'])`,
    `subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify'])`,
    `crypto.getRandomValues('text')`,
    `crypto.getRandomValues(new Uint8Array(65537))`,
    `new Crypto()`,
    `new CryptoKey()`,
    `SubtleCrypto.prototype.digest.call({}, 'SHA-1', bytes)`,
    `(0, crypto.randomUUID)()`,
    `require('crypto').webcrypto === crypto`,
    `Object.prototype.toString.call(crypto) + Object.prototype.toString.call(subtle)`,
  ]))
