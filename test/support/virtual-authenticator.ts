/**
 * An authenticator of Chromium's own, which its user carries from tab to tab. It is touched as soon as it is asked, and a
 * page that waits for one asks it as soon as it is plugged in: before it holds the credentials it had in another tab.
 */
import { generateKeyPairSync } from 'node:crypto'
import type { Tab } from './browser.ts'

const kinds = {
  'security-key': { transport: 'usb', hasUserVerification: false, isUserVerified: false },
  /** The device's own; its owner is at hand. */
  platform: { transport: 'internal', hasUserVerification: true, isUserVerified: true },
} as const

interface Credential {
  credentialId: string
  isResidentCredential: boolean
  rpId?: string
  /** PKCS#8, base64. */
  privateKey: string
  userHandle?: string
  signCount: number
}

export interface VirtualAuthenticator {
  plugInto(tab: Tab): Promise<void>
  /** What it holds stays with it. */
  unplug(): Promise<void>
  /** How often it has signed since the credential was made; to be asked while it is unplugged. */
  signatures(): number
  /** Another authenticator that claims this one's credentials without having their keys. */
  forge(): Promise<VirtualAuthenticator>
}

const otherKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ format: 'der', type: 'pkcs8' })
    .toString('base64')

export const createVirtualAuthenticator = (
  kind: keyof typeof kinds,
  held: readonly Credential[] = [],
): VirtualAuthenticator => {
  let credentials = held
  let plugged: { tab: Tab; authenticatorId: string } | undefined

  const unplug = async (): Promise<void> => {
    if (!plugged) throw new Error('The authenticator is in no tab.')
    const { tab, authenticatorId } = plugged
    const kept = await tab.devTools.send('WebAuthn.getCredentials', { authenticatorId })
    credentials = kept.credentials
    await tab.devTools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
    plugged = undefined
  }

  return {
    async plugInto(tab) {
      if (plugged) await unplug()
      const { authenticatorId } = await tab.devTools.send('WebAuthn.addVirtualAuthenticator', {
        options: { protocol: 'ctap2', hasResidentKey: true, automaticPresenceSimulation: true, ...kinds[kind] },
      })
      for (const credential of credentials) {
        await tab.devTools.send('WebAuthn.addCredential', { authenticatorId, credential })
      }
      plugged = { tab, authenticatorId }
    },
    unplug,
    signatures: () => credentials.reduce((sum, { signCount }) => sum + signCount, 0),
    async forge() {
      if (plugged) await unplug()
      return createVirtualAuthenticator(
        kind,
        credentials.map((credential) => ({ ...credential, privateKey: otherKey() })),
      )
    },
  }
}
