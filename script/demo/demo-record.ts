/** What the demo must remember between two starts, kept beside the server's own data and readable by its owner only. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataDir } from './settings.ts'

export interface DemoRecord {
  /** Where the server was at its last start. */
  origin: string
  tenant: string
  managementClient: { client_id: string; client_secret: string }
  clientId: string
  user: { user_id: string; email: string; password: string; phoneNumber: string; totpSecret: string }
}

export const recordFile = join(dataDir, 'demo.json')

export const readRecord = (): DemoRecord | undefined =>
  existsSync(recordFile) ? (JSON.parse(readFileSync(recordFile, 'utf8')) as DemoRecord) : undefined

export const writeRecord = (record: DemoRecord): void =>
  writeFileSync(recordFile, `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 })
