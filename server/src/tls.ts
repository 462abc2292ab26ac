/**
 * The server's own certificate: read and checked at the start, and read again when its files change, so that a renewed one
 * is used without a restart. A change that does not fit leaves the one that is in use.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { type FSWatcher, readFileSync, watch } from 'node:fs'
import type { Server } from 'node:https'
import { basename, dirname } from 'node:path'
import { ConfigError, type TlsFiles } from './config.ts'
import type { Logger } from './ports.ts'

export interface KeyPair {
  cert: Buffer
  key: Buffer
}

/** Browsers and the clients of the management API have spoken it for years. */
export const minVersion = 'TLSv1.2'

const attempt = <Value>(rule: string, work: () => Value): Value => {
  try {
    return work()
  } catch {
    throw new ConfigError(rule)
  }
}

const readFor = (variable: string, path: string): Buffer =>
  attempt(`${variable}: must be a file this user may read`, () => readFileSync(path))

/** Throws `ConfigError` with the variable and the rule; never with what a file holds. */
export const readKeyPair = ({ certFile, keyFile }: TlsFiles): KeyPair => {
  const cert = readFor('TLS_CERT_FILE', certFile)
  const key = readFor('TLS_KEY_FILE', keyFile)
  const certificate = attempt('TLS_CERT_FILE: must hold a certificate (PEM)', () => new X509Certificate(cert))
  const privateKey = attempt('TLS_KEY_FILE: must hold a private key without a passphrase (PEM)', () =>
    createPrivateKey(key),
  )
  if (!certificate.checkPrivateKey(privateKey)) throw new ConfigError('TLS_KEY_FILE: is not the key of TLS_CERT_FILE')
  return { cert, key }
}

/** Watches the folders, not the files: a renewed certificate is often a new link of the same name. */
export const renewWithFiles = (server: Server, files: TlsFiles, logger: Logger): { close(): void } => {
  let timer: NodeJS.Timeout | undefined
  const renew = () => {
    try {
      server.setSecureContext({ ...readKeyPair(files), minVersion })
      logger.info({}, 'the certificate was read again')
    } catch (error) {
      logger.error({ err: error }, 'the certificate has changed and cannot be used: the earlier one stays')
    }
  }
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(renew, settledMs).unref()
  }
  const folders = new Set([files.certFile, files.keyFile].map((path) => dirname(path)))
  const names = new Set([files.certFile, files.keyFile].map((path) => basename(path)))
  const watchers: FSWatcher[] = [...folders].map((folder) =>
    watch(folder, { persistent: false }, (_, name) => {
      if (name === null || names.has(name) || name.startsWith('..')) changed()
    }),
  )
  return {
    close: () => {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}

/** Both files change, one after the other. */
const settledMs = 250
