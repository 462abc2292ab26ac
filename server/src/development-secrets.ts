/** Secrets a developer should not have to invent: made once, kept beside the data, readable by their owner only. */
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'

const keep = (dataDir: string, name: string, make: () => string): string => {
  const path = join(dataDir, name)
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secret = make()
  writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  return secret
}

/** `DATA_DIR` must exist. In production both come from the environment, which `parseConfig` has checked. */
export const resolveSecrets = (config: Config): { operatorToken: string; encryptionKeys: string } => ({
  operatorToken:
    config.operatorToken ?? keep(config.dataDir, 'operator-token', () => randomBytes(32).toString('base64url')),
  encryptionKeys:
    config.encryptionKeys ?? keep(config.dataDir, 'encryption-keys', () => `k1:${randomBytes(32).toString('base64')}`),
})
