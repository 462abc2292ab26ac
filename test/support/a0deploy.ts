/** The command `a0deploy` of auth0-deploy-cli as a process of its own, configured by nothing but its environment. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { ClientSite } from './client-site.ts'

const command = createRequire(import.meta.url).resolve('auth0-deploy-cli')

export interface DeploySettings {
  /** The kinds of resource it may touch. */
  only: readonly string[]
  allowDelete?: true
}

/** Rejects with everything it has written unless it ends well. */
const a0deploy = async (site: ClientSite, args: readonly string[], { only, allowDelete }: DeploySettings) => {
  const child = spawn(process.execPath, [command, ...args], {
    env: {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: site.certificateFile,
      AUTH0_DOMAIN: site.domain,
      AUTH0_CLIENT_ID: site.managementClient.clientId,
      AUTH0_CLIENT_SECRET: site.managementClient.clientSecret,
      AUTH0_INCLUDED_ONLY: JSON.stringify(only),
      ...(allowDelete && { AUTH0_ALLOW_DELETE: 'true' }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [[code], ...written] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
  if (code !== 0) throw new Error(`a0deploy ${args.join(' ')} ended with ${code}:\n${written.join('')}`)
  return written.join('')
}

/** Makes the tenant what the folder says. */
export const importFolder = (site: ClientSite, folder: string, settings: DeploySettings): Promise<string> =>
  a0deploy(site, ['import', '--input_file', folder], settings)

/** Says what an import would change, and changes nothing. */
export const previewImport = (site: ClientSite, folder: string, settings: DeploySettings): Promise<string> =>
  a0deploy(site, ['import', '--input_file', folder, '--dry-run'], settings)

/** Writes what the tenant is into a folder: as many files, or as one. */
export const exportFolder = (
  site: ClientSite,
  folder: string,
  { format = 'directory', ...settings }: DeploySettings & { format?: 'directory' | 'yaml' },
): Promise<string> => a0deploy(site, ['export', '--format', format, '--output_folder', folder], settings)

/** Before its first request an import compiles a schema for a quarter of a minute, and longer beside other tests. */
export const importTimeout = 240_000

export type Contents = Record<string, unknown>

/** What the files below a folder say, by their paths. */
export const contentsOf = async (root: string): Promise<Contents> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const read = async (path: string) => {
    const content = await readFile(path, 'utf8')
    return [path.slice(root.length + 1), extname(path) === '.json' ? JSON.parse(content) : content] as const
  }
  return Object.fromEntries(await Promise.all(paths.map(read)))
}

/** Values of secrets do not come back. */
export const withoutSecretValues = (contents: Contents): Contents =>
  JSON.parse(JSON.stringify(contents, (name, value) => (name === 'value' ? undefined : value)))
