/** The part of the server's configuration the demo has to know, read from the same environment. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const { env } = process
const port = env.PORT || '3000'

/** Where the trust for it lies beside the certificate, `start.mjs` has given it to this process. */
export const certificateFile = env.TLS_CERT_FILE
export const scheme = certificateFile ? 'https' : 'http'
export const domain = `localhost:${port}`
export const origin = `${scheme}://${domain}`
export const dataDir = resolve(env.DATA_DIR || 'data')
const operatorTokenFile = join(dataDir, 'operator-token')

/** The server makes the file at its first start when the environment holds no token. */
export const operatorToken = (): string => env.OPERATOR_TOKEN || readFileSync(operatorTokenFile, 'utf8').trim()
export const whereTheTokenIs = env.OPERATOR_TOKEN ? 'what OPERATOR_TOKEN says' : `in  ${operatorTokenFile}`
