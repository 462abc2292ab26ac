/** A WebAuthn authenticator in software (ES256, no attestation), with the browser around it. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

interface Ceremony {
  options: string
  origin: string
  /** What the authenticator signs as its use count. */
  counter?: number
  userVerified?: 'yes' | 'no'
}

export interface Authenticator {
  credentialId: string
  /** COSE key, base64url. */
  publicKey: string
  /** The same as X.509 SubjectPublicKeyInfo, base64. */
  publicKeyInfo: string
  /** The JSON the page's script would submit, as registration and as authentication. */
  register(ceremony: Ceremony): string
  authenticate(ceremony: Ceremony): string
}

const sha256 = (content: string | Uint8Array): Buffer => createHash('sha256').update(content).digest()

const uint16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff])

/** CBOR (RFC 8949) of {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
const coseKey = (x: Buffer, y: Buffer): Buffer =>
  Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), x, Buffer.from('225820', 'hex'), y])

/** CBOR of {"fmt": "none", "attStmt": {}, "authData": bytes}. */
const attestationObject = (authData: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([0xa3, 0x63, ...Buffer.from('fmt'), 0x64, ...Buffer.from('none')]),
    Buffer.from([0x67, ...Buffer.from('attStmt'), 0xa0, 0x68, ...Buffer.from('authData')]),
    Buffer.from([0x59]),
    uint16(authData.length),
    authData,
  ])

const flagsOf = ({ userVerified = 'yes' }: Ceremony, attested: number): number =>
  0x01 | (userVerified === 'yes' ? 0x04 : 0) | attested

const authenticatorData = (rpId: string, flags: number, counter: number): Buffer => {
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  return Buffer.concat([sha256(rpId), Buffer.from([flags]), count])
}

const clientData = (type: string, challenge: string, origin: string): Buffer =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

export const createAuthenticator = (): Authenticator => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const cose = coseKey(Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url'))
  const id = randomBytes(32)
  const credentialId = id.toString('base64url')
  const credential = { id: credentialId, rawId: credentialId, type: 'public-key', clientExtensionResults: {} }

  return {
    credentialId,
    publicKey: cose.toString('base64url'),
    publicKeyInfo: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    register(ceremony) {
      const { challenge, rp } = JSON.parse(ceremony.options)
      const head = authenticatorData(rp.id, flagsOf(ceremony, 0x40), ceremony.counter ?? 0)
      const authData = Buffer.concat([head, Buffer.alloc(16), uint16(id.length), id, cose])
      return JSON.stringify({
        ...credential,
        response: {
          clientDataJSON: clientData('webauthn.create', challenge, ceremony.origin).toString('base64url'),
          attestationObject: attestationObject(authData).toString('base64url'),
          transports: ['usb'],
        },
      })
    },
    authenticate(ceremony) {
      const { challenge, rpId } = JSON.parse(ceremony.options)
      const authData = authenticatorData(rpId, flagsOf(ceremony, 0), ceremony.counter ?? 0)
      const client = clientData('webauthn.get', challenge, ceremony.origin)
      return JSON.stringify({
        ...credential,
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: sign('sha256', Buffer.concat([authData, sha256(client)]), privateKey).toString('base64url'),
        },
      })
    },
  }
}
