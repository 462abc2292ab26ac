import { stripTypeScriptTypes } from 'node:module'

const process = (source: string): { code: string } => ({ code: stripTypeScriptTypes(source) })

/**
 * Lets jest load TypeScript, this package's own included, by Node's type stripping: no compiler is needed. For jest's
 * `transform`, beside `extensionsToTreatAsEsm: ['.ts']` and `NODE_OPTIONS=--experimental-vm-modules`.
 */
// biome-ignore lint/style/noDefaultExport: jest takes nothing else
export default { process, processAsync: async (source: string) => process(source) }
